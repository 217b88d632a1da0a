// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.Intent.PodPool;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Wishes in which some edges are given their pod CIDRs from pools of both families. */
final class Pools {
    private Pools() {}

    static Wish in(Wish wish, Random random) {
        var old = wish.intent().fabric();
        var pools =
                List.of(
                        new PodPool(Cidr.parse("10.244.0.0/21"), random.nextBoolean() ? 24 : 25),
                        new PodPool(Cidr.parse("10.250.0.0/20"), 24),
                        new PodPool(Cidr.parse("fd00:244::/48"), 64));
        var fabric =
                new FabricIntent(
                        old.cluster(),
                        old.clusterCidrs(),
                        old.serviceCidrs(),
                        old.connectors(),
                        new TreeSet<>(pools));
        var nodes = new TreeMap<String, NodeIntent>();
        wish.intent()
                .nodes()
                .forEach((name, node) ->
                        nodes.put(name, random.nextBoolean() ? node : withoutPods(node)));
        return new Wish(
                new Intent(fabric, nodes, wish.intent().communities()),
                wish.registrations(),
                wish.localRoutes());
    }

    private static NodeIntent withoutPods(NodeIntent node) {
        return new NodeIntent(
                node.name(),
                node.uid(),
                node.roles(),
                node.site(),
                node.zone(),
                node.region(),
                new TreeSet<>(),
                node.publicAddresses());
    }
}
