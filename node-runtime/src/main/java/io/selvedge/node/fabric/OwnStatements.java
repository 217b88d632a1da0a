// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.Observation;
import io.selvedge.model.Subject;
import io.selvedge.node.NodeSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node has to say: its own endpoint, and as a connector from where others come. Gives
 * records only where they say something new.
 */
final class OwnStatements {
    private static final Logger LOG = LoggerFactory.getLogger(OwnStatements.class);
    private static final int IKE_PORT = 500;

    private final OwnRecords own;
    private final Subject self;
    private final Set<String> ownDevices;

    OwnStatements(OwnRecords own, NodeSettings settings, Subject self) {
        this.own = own;
        this.self = self;
        this.ownDevices =
                Set.of(
                        settings.ownDevice(),
                        settings.cniBridge(),
                        NodeSettings.RELAY_DEVICE,
                        NodeSettings.DIRECT_DEVICE);
    }

    /**
     * The endpoint, when the machine's underlay addresses are others than the standing one says.
     */
    List<SignedRecord> endpoint(View view, RecordSet held) throws IOException {
        var settings = view.settings();
        if (settings == null) {
            return List.of();
        }
        var addresses = UnderlayAddresses.now(ownDevices, overlay(settings.says()));
        if (addresses.isEmpty()) {
            LOG.atDebug().log("no underlay address: the last endpoint stays");
            return List.of();
        }
        var record = own.renew(held, self, new Endpoint(addresses, IKE_PORT, "userspace", 1));
        return record == null ? List.of() : List.of(record);
    }

    /** Observations of peers whose endpoints are known: NAT is seen by the difference. */
    List<SignedRecord> observations(View view, RecordSet held, Map<Subject, Sighting> sightings)
            throws IOException {
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
