// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.Endpoint;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The addresses of this machine at which a peer may find its IKE daemon. */
final class UnderlayAddresses {
    private UnderlayAddresses() {}

    /**
     * All of them, sorted, at most as many as an endpoint holds.
     *
     * @param devices not to look at: those that Selvedge made
     * @param overlay prefixes whose addresses are no underlay
     */
    static List<IpAddress> now(Set<String> devices, Collection<Cidr> overlay)
            throws SocketException {
        var addresses = new TreeSet<IpAddress>();
        for (var device : NetworkInterface.networkInterfaces().toList()) {
            if (device.isUp() && !device.isLoopback() && !devices.contains(device.getName())) {
                device.inetAddresses()
                        .map(inet -> IpAddress.of(inet.getAddress()))
                        .filter(IpAddress::isOfUseToOthers)
                        .filter(a -> overlay.stream().noneMatch(cidr -> cidr.contains(a)))
                        .forEach(addresses::add);
            }
        }
        return addresses.stream().limit(Endpoint.MAX_ADDRESSES).toList();
    }
}
