// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import io.selvedge.plan.FilterResource.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts into a filter the pairs of prefixes that may talk because of what their nodes are: every
 * node with the cloud, and the members of a Community with each other. The first rule gives the
 * reason. A connector relays, so it lets pass every pair that its two ends may have; another node
 * only its own.
 */
final class Allowance {
    private final Subject self;
    private final View view;
    private final boolean relays;
    private final SortedSet<Subject> touched;
    private final SortedMap<String, Planned<FilterResource>> filter;
    private final Map<Subject, @Nullable Party> parties = new HashMap<>();

    /**
     * @param touched the nodes whose pairs are decided; those of two others are left as they are
     */
    Allowance(
            Subject self,
            View view,
            boolean relays,
            SortedSet<Subject> touched,
            SortedMap<String, Planned<FilterResource>> filter) {
        this.self = self;
        this.view = view;
        this.relays = relays;
        this.touched = touched;
        this.filter = filter;
    }

    /** One side of a pair of nodes. */
    private record Party(
            Subject node, Believed<NodeGrant> grant, List<Prefix> pods, boolean touched) {}

    /** A prefix with its text, which many keys repeat. */
    private record Prefix(Cidr cidr, String text) {}

    void allow(Set<Subject> cloud) {
        if (touched.isEmpty()) {
            return;
        }
        cloud.forEach(this::allowCloud);
        communities().forEach(this::allowCommunity);
    }

    private void allowCloud(Subject node) {
        var cloud = party(node);
        if (cloud == null) {
            return;
        }
        Set<Subject> others =
                !relays && !node.equals(self)
                        ? Set.of(self)
                        : cloud.touched() ? view.grants().keySet() : touched;
        for (var other : others) {
            var party = party(other);
            if (party != null && decides(cloud, party)) {
                var records = List.of(cloud.grant().record(), party.grant().record());
                meet(cloud, party, new Reason("every node with the cloud", records));
            }
        }
    }

    /** The Communities that a pair to decide may share. */
    private SortedSet<String> communities() {
        var names = new TreeSet<String>();
        for (var node : touched) {
            var grant = view.grant(node);
            if (grant != null) {
                names.addAll(grant.says().communities());
            }
        }
        var own = view.grant(self);
        if (!relays && own != null) {
            names.retainAll(own.says().communities());
        }
        return names;
    }

    private void allowCommunity(String name) {
        var community = view.communities().get(name);
        if (community == null || (!relays && !view.isMember(self, name))) {
            return;
        }
        var why = new Reason("community " + name, List.of(community.record()));
        boolean everybody = relays || touched.contains(self);
        var here = members(name, relays ? touched : Set.of(self));
        var there = members(name, everybody ? community.says().members() : touched);
        for (var a : here) {
            for (var b : there) {
                int order = a.node().compareTo(b.node());
                boolean again = relays && b.touched() && order > 0;
                if (order != 0 && !again) {
                    meet(a, b, why);
                }
            }
        }
    }

    private List<Party> members(String community, Set<Subject> nodes) {
        var members = new ArrayList<Party>();
        for (var node : nodes) {
            var party = view.isMember(node, community) ? party(node) : null;
            if (party != null) {
                members.add(party);
            }
        }
        return members;
    }

    private static boolean decides(Party a, Party b) {
        return (a.touched() || b.touched()) && !a.node().equals(b.node());
    }

    private void meet(Party a, Party b, Reason why) {
        for (var from : a.pods()) {
            for (var to : b.pods()) {
                put(from, to, why);
                put(to, from, why);
            }
        }
    }

    private void put(Prefix from, Prefix to, Reason why) {
        filter.putIfAbsent(
                Pair.key(from.text(), to.text()),
                new Planned<>(new Pair(from.cidr(), to.cidr()), why));
    }

    private @Nullable Party party(Subject node) {
        return parties.computeIfAbsent(
                node,
                _ -> {
                    var grant = view.grant(node);
                    if (grant == null) {
                        return null;
                    }
                    var pods =
                            grant.says().podCidrs().stream()
                                    .map(cidr -> new Prefix(cidr, cidr.toString()))
                                    .toList();
                    return new Party(node, grant, pods, touched.contains(node));
                });
    }
}
