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
 * @param relayDevice the device of the tunnels to connectors
 * @param directDevice the device of the tunnels between members of a Community
 * @param ownDevice the device that holds the node's overlay addresses
 * @param bridge the CNI bridge
 * @param controlPort UDP port of the gossip
 * @param gatewayPort UDP port of the reports
 * @param clusterPort TCP port of the Akka cluster
 * @param apiPort TCP port of the authority's API; 0 on nodes that neither serve nor ask it
 */
public record NodeDefaults(
        String relayDevice,
        String directDevice,
        String ownDevice,
        String bridge,
        int controlPort,
        int gatewayPort,
        int clusterPort,
        int apiPort) {
    /** The routing table of the paths that carry now. */
    public static final int PATH_TABLE = 219;

    /** The routing table that direct tunnels fill by themselves; only probes look there. */
    public static final int DIRECT_TABLE = 221;

    static final int PATH_PRIORITY = 210;
    static final int PROBE_PRIORITY = 90;

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

    SortedSet<String> tunnelDevices() {
        return new TreeSet<>(List.of(relayDevice, directDevice));
    }

    SortedSet<String> localDevices() {
        return new TreeSet<>(List.of(ownDevice, bridge));
    }
}
