// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import io.selvedge.model.IpAddress;
import io.selvedge.node.NodeSettings;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The addresses of this machine, without those on devices that Selvedge made. */
final class UnderlayAddresses {
    private final Set<String> ownDevices;

    private UnderlayAddresses(Set<String> ownDevices) {
        this.ownDevices = Set.copyOf(ownDevices);
    }

    static UnderlayAddresses besides(NodeSettings settings) {
        return new UnderlayAddresses(settings.ownDevices());
    }

    /** All of them, sorted. */
    List<IpAddress> now() throws SocketException {
        var addresses = new TreeSet<IpAddress>();
        for (var device : NetworkInterface.networkInterfaces().toList()) {
            if (device.isUp() && !device.isLoopback() && !ownDevices.contains(device.getName())) {
                device.inetAddresses()
                        .map(inet -> IpAddress.of(inet.getAddress()))
                        .forEach(addresses::add);
            }
        }
        return List.copyOf(addresses);
    }
}
