// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of the backbone, over random sites. */
class BackboneProperties {
    private static final int TRIES = 300;

    @Property(tries = TRIES)
    void linksGoBothWaysToAnotherSiteWhereOneEndIsPublic(@ForAll long seed) {
        var nodes = draw(new Random(seed));
        var names = nodes.stream().map(NodeIntent::name).toList();
        var backbone = Backbone.of(nodes);
        for (var node : nodes) {
            for (var peer : nodes) {
                if (backbone.getOrDefault(node.name(), new TreeSet<>()).contains(peer.name())) {
                    assertThat(node.roles()).containsExactly(Role.EDGE);
                    assertThat(backbone.get(peer.name())).contains(node.name());
                    assertThat(Backbone.site(peer)).isNotEqualTo(Backbone.site(node));
                    assertThat(isPublic(node) || isPublic(peer)).isTrue();
                }
            }
        }
        assertThat(names).containsAll(backbone.keySet());
    }

    @Property(tries = TRIES)
    void everySiteHasTwoLinksOrAsManyAsCanBeReached(@ForAll long seed) {
        var nodes = draw(new Random(seed));
        var edges = nodes.stream().filter(node -> node.roles().equals(Set.of(Role.EDGE))).toList();
        var sites = new TreeMap<String, Boolean>();
        edges.forEach(node -> sites.merge(Backbone.site(node), isPublic(node), Boolean::logicalOr));
        var linked = linked(edges, Backbone.of(nodes));
        sites.forEach((site, open) -> {
            long reachable =
                    sites.entrySet().stream()
                            .filter(other -> !other.getKey().equals(site))
                            .filter(other -> open || other.getValue())
                            .count();
            assertThat(linked.getOrDefault(site, Set.of()).size())
                    .as(site)
                    .isGreaterThanOrEqualTo((int) Math.min(2, reachable))
                    .isLessThanOrEqualTo((int) reachable);
        });
    }

    @Property(tries = TRIES)
    void theOrderOfNodesDoesNotMatter(@ForAll long seed) {
        var nodes = draw(new Random(seed));
        var shuffled = new ArrayList<>(nodes);
        Collections.shuffle(shuffled, new Random(seed + 1));
        assertThat(Backbone.of(shuffled)).isEqualTo(Backbone.of(nodes));
    }

    private static Map<String, Set<String>> linked(
            List<NodeIntent> edges, Map<String, ? extends Set<String>> backbone) {
        var siteOf = new TreeMap<String, String>();
        edges.forEach(node -> siteOf.put(node.name(), Backbone.site(node)));
        var linked = new TreeMap<String, Set<String>>();
        backbone.forEach((name, peers) ->
                peers.forEach(peer ->
                        linked.computeIfAbsent(siteOf.get(name), _ -> new HashSet<>())
                                .add(String.valueOf(siteOf.get(peer)))));
        return linked;
    }

    private static boolean isPublic(NodeIntent node) {
        return !node.publicAddresses().isEmpty();
    }

    private static List<NodeIntent> draw(Random random) {
        int one = 1 + random.nextInt(3);
        var nodes = new ArrayList<NodeIntent>();
        for (int i = random.nextInt(20); i >= 0; i--) {
            boolean open = random.nextInt(3) < one - 1;
            nodes.add(
                    new NodeIntent(
                            "node" + i,
                            "",
                            new TreeSet<>(
                                    random.nextInt(6) == 0
                                            ? Set.of(Role.CLOUD, Role.CONNECTOR)
                                            : Set.of(Role.EDGE)),
                            random.nextInt(4) == 0 ? "" : "site" + random.nextInt(6),
                            "",
                            "",
                            new TreeSet<>(),
                            open ? List.of(IpAddress.parse("10.99.1." + i)) : List.of()));
        }
        return nodes;
    }
}
