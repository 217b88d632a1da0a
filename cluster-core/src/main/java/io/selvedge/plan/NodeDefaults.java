// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a plan needs to know of the machine it is for: names of devices and ports. Equal for every
 * node of a fabric, save the CNI bridge.
 *
 * @param tunnelDevice the device of userspace ESP
 * @param ownDevice the device that holds the node's overlay addresses
 * @param bridge the CNI bridge
 * @param controlPort UDP port of the gossip
 * @param clusterPort TCP port of the Akka cluster
 */
public record NodeDefaults(
        String tunnelDevice, String ownDevice, String bridge, int controlPort, int clusterPort) {

    /** The kernel settings without which a node forwards nothing, or too much. */
    static final List<IpResource.Sysctl> SYSCTLS =
            List.of(
                    new IpResource.Sysctl("net.ipv4.ip_forward", "1"),
                    new IpResource.Sysctl("net.ipv4.conf.all.rp_filter", "0"),
                    new IpResource.Sysctl("net.ipv4.conf.default.rp_filter", "0"),
                    new IpResource.Sysctl("net.ipv4.conf.all.send_redirects", "0"),
                    new IpResource.Sysctl("net.ipv4.conf.default.send_redirects", "0"));

    /** The names of the kernel settings that a plan speaks of. */
    public static SortedSet<String> sysctls() {
        var names = new TreeSet<String>();
        SYSCTLS.forEach(sysctl -> names.add(sysctl.name()));
        return names;
    }

    SortedSet<String> localDevices() {
        return new TreeSet<>(List.of(ownDevice, bridge));
    }
}
