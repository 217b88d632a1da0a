// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import io.selvedge.model.IpAddress;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From cuts to nftables: one script for the WAN router and each box, which replaces what cut there
 * before. Pure and independent of order.
 *
 * <p>A node is cut off at its port of the LAN bridge, a site at its uplink on the WAN router. Two
 * nodes of one LAN are cut where the bridge forwards between their ports; two of different sites
 * where their boxes forward, by the addresses before NAT. A box knows the nodes behind another NAT
 * by one address only: to cut a pair behind two NATs cuts each of both from the other's site.
 *
 * @param scripts by the name of the namespace: {@code wan}, {@code box-SITE}
 */
record CutPlan(SortedMap<String, String> scripts) {
    CutPlan {
        scripts = Collections.unmodifiableSortedMap(new TreeMap<>(scripts));
    }

    static CutPlan of(Topology topology, Collection<Cut> cuts) {
        var rules = new Rules(topology);
        new TreeSet<>(cuts).forEach(rules::add);
        return rules.plan();
    }

    /** Throws, saying what there is, unless the cut's names are nodes or sites of the topology. */
    static void check(Topology topology, Cut cut) {
        known(topology, cut.a());
        if (cut.b() != null) {
            known(topology, cut.b());
        }
    }

    private static void known(Topology topology, String name) {
        if (!topology.hasNode(name) && !topology.hasSite(name)) {
            throw new LabException(
                    "no node or site is '%s'; there are nodes %s and sites %s"
                            .formatted(
                                    name,
                                    topology.nodes().stream().map(Topology.Node::name).toList(),
                                    topology.sites().stream().map(Topology.Site::name).toList()));
        }
    }

    /** The rules gathered so far, by namespace and chain. */
    private static final class Rules {
        private final Topology topology;
        private final SortedMap<String, SortedSet<String>> inetPre = new TreeMap<>();
        private final SortedMap<String, SortedSet<String>> inetPost = new TreeMap<>();
        private final SortedMap<String, SortedSet<String>> inetForward = new TreeMap<>();
        private final SortedMap<String, SortedSet<String>> bridgePre = new TreeMap<>();
        private final SortedMap<String, SortedSet<String>> bridgePost = new TreeMap<>();
        private final SortedMap<String, SortedSet<String>> bridgeForward = new TreeMap<>();

        Rules(Topology topology) {
            this.topology = topology;
        }

        void add(Cut cut) {
            check(topology, cut);
            var b = cut.b();
            if (b == null) {
                if (topology.hasNode(cut.a())) {
                    fromAll(topology.node(cut.a()));
                } else {
                    fromAll(topology.site(cut.a()));
                }
            } else if (!topology.hasNode(cut.a()) && !topology.hasNode(b)) {
                between(topology.site(cut.a()), topology.site(b));
            } else {
                for (var one : nodes(cut.a())) {
                    nodes(b).stream()
                            .filter(two -> !two.equals(one))
                            .forEach(two -> between(one, two));
                }
            }
        }

        private Collection<Topology.Node> nodes(String name) {
            return topology.hasNode(name)
                    ? java.util.List.of(topology.node(name))
                    : topology.nodesOf(name);
        }

        private void fromAll(Topology.Node node) {
            var box = topology.siteOf(node).box();
            var port = topology.port(node);
            put(bridgePre, box, "iifname \"%s\" drop".formatted(port));
            put(bridgePost, box, "oifname \"%s\" drop".formatted(port));
        }

        private void fromAll(Topology.Site site) {
            var uplink = topology.towards(site);
            put(inetPre, Topology.WAN, "iifname \"%s\" drop".formatted(uplink));
            put(inetPost, Topology.WAN, "oifname \"%s\" drop".formatted(uplink));
        }

        private void between(Topology.Site one, Topology.Site two) {
            var a = topology.towards(one);
            var b = topology.towards(two);
            put(inetForward, Topology.WAN, "iifname \"%s\" oifname \"%s\" drop".formatted(a, b));
            put(inetForward, Topology.WAN, "iifname \"%s\" oifname \"%s\" drop".formatted(b, a));
        }

        private void between(Topology.Node one, Topology.Node two) {
            var siteOne = topology.siteOf(one);
            var siteTwo = topology.siteOf(two);
            if (siteOne.equals(siteTwo)) {
                var a = topology.port(one);
                var b = topology.port(two);
                var rule = "iifname \"%s\" oifname \"%s\" drop";
                put(bridgeForward, siteOne.box(), rule.formatted(a, b));
                put(bridgeForward, siteOne.box(), rule.formatted(b, a));
                return;
            }
            // Where the other is hidden by NAT and this one is not, only the other's box can tell.
            if (siteOne.nat() || !siteTwo.nat()) {
                both(siteOne.box(), one.address(), seenFromOutside(two));
            }
            if (siteTwo.nat() || !siteOne.nat()) {
                both(siteTwo.box(), two.address(), seenFromOutside(one));
            }
        }

        private void both(String box, IpAddress own, IpAddress peer) {
            put(inetForward, box, "ip saddr %s ip daddr %s drop".formatted(own, peer));
            put(inetForward, box, "ip saddr %s ip daddr %s drop".formatted(peer, own));
        }

        private IpAddress seenFromOutside(Topology.Node node) {
            var site = topology.siteOf(node);
            return site.nat() ? topology.boxSide(site) : node.address();
        }

        private static void put(
                SortedMap<String, SortedSet<String>> chain, String ns, String rule) {
            chain.computeIfAbsent(ns, _ -> new TreeSet<>()).add(rule);
        }

        CutPlan plan() {
            var scripts = new TreeMap<String, String>();
            scripts.put(Topology.WAN, script(Topology.WAN));
            topology.sites().forEach(site -> scripts.put(site.box(), script(site.box())));
            return new CutPlan(scripts);
        }

        private String script(String ns) {
            return table("inet", ns, inetPre, inetForward, inetPost)
                    + table("bridge", ns, bridgePre, bridgeForward, bridgePost);
        }

        private static String table(
                String family,
                String ns,
                SortedMap<String, SortedSet<String>> pre,
                SortedMap<String, SortedSet<String>> forward,
                SortedMap<String, SortedSet<String>> post) {
            return """
            table %1$s cut
            delete table %1$s cut
            table %1$s cut {
            %2$s%3$s%4$s}
            """
                    .formatted(
                            family,
                            chain("prerouting", pre.get(ns)),
                            chain("forward", forward.get(ns)),
                            chain("postrouting", post.get(ns)));
        }

        private static String chain(
                String hook, @org.jspecify.annotations.Nullable SortedSet<String> rules) {
            if (rules == null) {
                return "";
            }
            var text = new StringBuilder();
            text.append("\tchain ").append(hook).append(" {\n\t\ttype filter hook ").append(hook);
            text.append(" priority -150; policy accept;\n");
            rules.forEach(rule -> text.append("\t\t").append(rule).append('\n'));
            return text.append("\t}\n").toString();
        }
    }
}
