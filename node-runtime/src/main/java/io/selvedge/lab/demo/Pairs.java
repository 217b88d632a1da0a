// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Cut;
import io.selvedge.lab.Fabric;
import io.selvedge.lab.Topology;
import java.util.ArrayList;
import java.util.List;

/** The pairs of nodes that matter, by the intent and by where the nodes stand. */
record Pairs(Topology topology, Fabric fabric) {

    /** Two nodes, in the order of the Lab document. */
    record Pair(String a, String b) {
        Cut cut() {
            return Cut.of(a, b);
        }

        @Override
        public String toString() {
            return a + "-" + b;
        }
    }

    /** All pairs whose pods may talk. */
    List<Pair> allowed() {
        var pairs = new ArrayList<Pair>();
        var names = topology.nodes().stream().map(Topology.Node::name).toList();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                if (fabric.allows(names.get(i), names.get(j))) {
                    pairs.add(new Pair(names.get(i), names.get(j)));
                }
            }
        }
        return pairs;
    }

    /** Allowed pairs of edges that can meet without the cloud: a LAN, or one end is public. */
    List<Pair> direct() {
        return allowed().stream().filter(this::isBetweenEdges).filter(this::canMeet).toList();
    }

    List<Pair> with(String node) {
        return allowed().stream()
                .filter(pair -> pair.a().equals(node) || pair.b().equals(node))
                .toList();
    }

    /** The path that a direct pair should take: {@code lan} within a site. */
    String bestPath(Pair pair) {
        return sameSite(pair) ? "lan" : "direct";
    }

    List<String> edges() {
        return topology.nodes().stream()
                .map(Topology.Node::name)
                .filter(name -> fabric.member(name).isEdge())
                .toList();
    }

    List<String> cloudNodes() {
        return topology.nodes().stream()
                .map(Topology.Node::name)
                .filter(name -> !fabric.member(name).isEdge())
                .toList();
    }

    /** The sites where cloud nodes stand. */
    List<String> cloudSites() {
        return cloudNodes().stream().map(name -> topology.node(name).site()).distinct().toList();
    }

    private boolean isBetweenEdges(Pair pair) {
        return fabric.member(pair.a()).isEdge() && fabric.member(pair.b()).isEdge();
    }

    private boolean canMeet(Pair pair) {
        return sameSite(pair) || !nat(pair.a()) || !nat(pair.b());
    }

    private boolean sameSite(Pair pair) {
        return topology.node(pair.a()).site().equals(topology.node(pair.b()).site());
    }

    private boolean nat(String node) {
        return topology.site(topology.node(node).site()).nat();
    }
}
