// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The namespaces of a lab and the cables between them: made from a topology, removed by name, with
 * every process inside.
 */
final class LabNetwork {
    private final LabPaths paths;
    private final Topology topology;

    LabNetwork(LabPaths paths, Topology topology) {
        this.paths = paths;
        this.topology = topology;
    }

    void up() {
        var namespaces = new ArrayList<String>();
        namespaces.add(Topology.WAN);
        topology.sites().forEach(site -> namespaces.add(site.box()));
        topology.nodes().forEach(node -> namespaces.add(node.name()));
        namespaces.forEach(name -> Exec.must("ip", "netns", "add", paths.netns(name).name()));
        var cables = new ArrayList<String>();
        topology.sites()
                .forEach(site ->
                        cables.add(
                                cable(
                                        Topology.WAN,
                                        topology.towards(site),
                                        site.box(),
                                        Topology.UPLINK)));
        topology.nodes()
                .forEach(node ->
                        cables.add(
                                cable(
                                        topology.siteOf(node).box(),
                                        topology.port(node),
                                        node.name(),
                                        "eth0")));
        Exec.must(List.of("ip", "-batch", "-"), String.join("\n", cables) + "\n");
        wan();
        topology.sites().forEach(this::box);
        topology.nodes().forEach(this::node);
    }

    private String cable(String one, String oneEnd, String two, String twoEnd) {
        return "link add %s netns %s type veth peer name %s netns %s"
                .formatted(oneEnd, paths.netns(one).name(), twoEnd, paths.netns(two).name());
    }

    private void wan() {
        var lines = new ArrayList<>(List.of("link set lo up"));
        for (var site : topology.sites()) {
            var uplink = topology.towards(site);
            lines.add("address add %s/30 dev %s".formatted(topology.wanSide(site), uplink));
            lines.add("link set %s up".formatted(uplink));
            if (!site.nat()) {
                lines.add("route add %s via %s".formatted(site.subnet(), topology.boxSide(site)));
            }
        }
        routes(paths.netns(Topology.WAN), lines);
    }

    private void box(Topology.Site site) {
        var box = paths.netns(site.box());
        var lines = new ArrayList<>(List.of("link set lo up", "link add lan type bridge"));
        for (var node : topology.nodesOf(site.name())) {
            lines.add("link set %s master lan".formatted(topology.port(node)));
            lines.add("link set %s up".formatted(topology.port(node)));
        }
        lines.add("address add %s/%d dev lan".formatted(site.gateway(), site.subnet().length()));
        lines.add("link set lan up");
        lines.add("address add %s/30 dev wan".formatted(topology.boxSide(site)));
        lines.add("link set wan up");
        lines.add("route add default via %s".formatted(topology.wanSide(site)));
        routes(box, lines);
        // What crosses the bridge is the LAN's affair, not the router's filter.
        Exec.run(box.command(List.of("sysctl", "-qw", "net.bridge.bridge-nf-call-iptables=0")), "");
        if (site.nat()) {
            box.nft(HOME_ROUTER);
        }
    }

    /** Port-preserving masquerade; from outside only what answers something inside gets in. */
    private static final String HOME_ROUTER =
            """
            table inet box {
            	chain input {
            		type filter hook input priority filter; policy accept;
            		iifname "wan" ct state != { established, related } drop
            	}
            	chain forward {
            		type filter hook forward priority filter; policy accept;
            		iifname "wan" ct state != { established, related } drop
            	}
            	chain postrouting {
            		type nat hook postrouting priority srcnat; policy accept;
            		oifname "wan" masquerade
            	}
            }
            """;

    private void routes(Netns router, List<String> lines) {
        router.must(
                "sysctl",
                "-qw",
                "net.ipv4.ip_forward=1",
                "net.ipv4.conf.all.rp_filter=0",
                "net.ipv4.conf.default.rp_filter=0",
                "net.ipv4.conf.all.send_redirects=0",
                "net.ipv4.conf.default.send_redirects=0");
        router.ip(lines);
    }

    private void node(Topology.Node node) {
        var site = topology.siteOf(node);
        paths.netns(node.name())
                .ip(
                        List.of(
                                "link set lo up",
                                "address add %s/%d dev eth0"
                                        .formatted(node.address(), site.subnet().length()),
                                "link set eth0 up",
                                "route add default via %s".formatted(site.gateway())));
    }

    void cut(List<Cut> cuts) {
        CutPlan.of(topology, cuts)
                .scripts()
                .forEach((name, script) -> paths.netns(name).nft(script));
    }

    /**
     * Ends every process in the lab's namespaces, and then the namespaces. Repeating it is fine.
     */
    static void down(LabPaths paths) {
        var namespaces = Netns.startingWith(paths.namespacePrefix());
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        var left = kill(namespaces);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos()); // until the kernel has reaped
            left = kill(namespaces);
        }
        if (!left.isEmpty()) {
            throw new LabException("these processes of the lab do not end: " + left);
        }
        namespaces.forEach(one -> Exec.run(List.of("ip", "netns", "del", one.name()), ""));
    }

    private static List<Long> kill(List<Netns> namespaces) {
        var living = new ArrayList<Long>();
        for (var namespace : namespaces) {
            for (long pid : namespace.pids()) {
                living.add(pid);
                ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            }
        }
        return living;
    }
}
