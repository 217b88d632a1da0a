// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.Observation;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a node has to say: its own endpoint, and as a connector from where others come. Gives
 * records only where they say something new.
 */
final class OwnStatements {
    private static final int IKE_PORT = 500;

    private final OwnRecords own;
    private final Subject self;

    OwnStatements(OwnRecords own, Subject self) {
        this.own = own;
        this.self = self;
    }

    /**
     * The endpoint, when the underlay addresses are others than the standing one says; without any
     * address the last one stays.
     */
    List<SignedRecord> endpoint(View view, RecordSet held, Collection<IpAddress> underlay) {
        var settings = view.settings();
        if (settings == null) {
            return List.of();
        }
        var overlay = overlay(settings.says());
        var addresses =
                underlay.stream()
                        .filter(IpAddress::isOfUseToOthers)
                        .filter(a -> overlay.stream().noneMatch(cidr -> cidr.contains(a)))
                        .sorted()
                        .distinct()
                        .limit(Endpoint.MAX_ADDRESSES)
                        .toList();
        if (addresses.isEmpty()) {
            return List.of();
        }
        var record = own.renew(held, self, new Endpoint(addresses, IKE_PORT, "userspace", 1));
        return record == null ? List.of() : List.of(record);
    }

    /** Observations of peers whose endpoints are known: NAT is seen by the difference. */
    List<SignedRecord> observations(View view, RecordSet held, Map<Subject, Sighting> sightings) {
        var records = new ArrayList<SignedRecord>();
        for (var sighting : sightings.entrySet()) {
            var endpoint = view.endpoint(sighting.getKey());
            if (endpoint != null) {
                var seen = sighting.getValue();
                boolean nat = !endpoint.says().addresses().contains(seen.address());
                var says = new Observation(seen.address(), seen.port(), nat);
                var record =
                        isNews(held, sighting.getKey(), says)
                                ? own.renew(held, sighting.getKey(), says)
                                : null;
                if (record != null) {
                    records.add(record);
                }
            }
        }
        return records;
    }

    /** A port alone is no news: NAT boxes choose it anew as they like. */
    private boolean isNews(RecordSet held, Subject peer, Observation seen) {
        return !(own.standing(held, seen.type(), peer) instanceof Observation known
                && known.address().equals(seen.address())
                && known.behindNat() == seen.behindNat());
    }

    private static Collection<Cidr> overlay(FabricSettings settings) {
        var overlay = new ArrayList<>(settings.clusterCidrs());
        overlay.addAll(settings.serviceCidrs());
        overlay.add(settings.fabricCidr());
        return overlay;
    }
}
