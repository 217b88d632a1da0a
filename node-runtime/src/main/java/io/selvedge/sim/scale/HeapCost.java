// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.fabric.View;
import java.util.ArrayList;
import java.util.List;

/**
 * What an edge keeps on the heap, by measure: edges of one Community that share nothing are built
 * and let gossip, and what is in use before and after is told apart by collecting all garbage.
 */
final class HeapCost {
    /** Until the edges have heard of each other. */
    private static final int MINUTES = 3;

    private static final int EDGES_MAX = 100;
    private static final int NAIVE_EDGES = 4;

    private HeapCost() {}

    /** Nodes whose gossip has gone on for a while, and what each believes. */
    private record Woven(ScaleWorld world, List<View> views) {
        static Woven of(Layout layout, Archive archive, List<Integer> nodes) {
            var world = new ScaleWorld(layout, archive, nodes, false);
            world.run(MINUTES * 60_000L, _ -> {});
            var views = new ArrayList<View>();
            nodes.forEach(
                    node -> views.add(View.of(world.records(node).statements(), archive.root())));
            return new Woven(world, views);
        }
    }

    /** Records, view and gossip of an edge, in bytes. */
    static long bytesPerNode(Layout layout, Archive archive) {
        var members = layout.members(0);
        boolean naive = layout.settings().naive();
        int edges = Math.min(members.size(), naive ? NAIVE_EDGES : EDGES_MAX);
        var nodes = new ArrayList<>(members.subList(0, edges));
        long before = used();
        var woven = Woven.of(layout, archive, nodes);
        long with = used();
        if (woven.views().size() != edges) {
            throw new AssertionError("the nodes are alive until here");
        }
        return Math.max(0, with - before) / edges;
    }

    private static long used() {
        var runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
