// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.Endpoint;
import io.selvedge.model.Payload.FabricSettings;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The addresses by which no node is reached from outside: the fabric's own, and local ones. */
record Overlay(@Nullable FabricSettings settings) {
    boolean covers(IpAddress address) {
        return !address.isOfUseToOthers()
                || (settings != null
                        && (settings.fabricCidr().contains(address)
                                || anyContains(settings.clusterCidrs(), address)
                                || anyContains(settings.serviceCidrs(), address)));
    }

    Endpoint takenOutOf(Endpoint endpoint) {
        var underlay = endpoint.addresses().stream().filter(a -> !covers(a)).toList();
        return new Endpoint(underlay, endpoint.port(), endpoint.backend(), endpoint.incarnation());
    }

    private static boolean anyContains(Collection<Cidr> cidrs, IpAddress address) {
        return cidrs.stream().anyMatch(cidr -> cidr.contains(address));
    }
}
