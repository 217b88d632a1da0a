// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.check;

import io.selvedge.sim.ike.Packet;
import io.selvedge.sim.scenario.Act;
import io.selvedge.sim.world.Broken;
import io.selvedge.sim.world.Verdict;
import io.selvedge.sim.world.World;

/**
 * Where nothing goes wrong, no decision of ours takes away what was there: pods that once reached
 * others do so after every event, while people want it. What is let pass is the moment in which the
 * responder of a tunnel holds it, and its initiator does not yet.
 */
final class Continuity {
    /** How long after a node left a Community, others may still hold of it what they like. */
    private static final long FORGETS_MILLIS = 30_000;

    private final World world;
    private final Passage passage;
    private final boolean applies;
    private final boolean[][] reached;

    Continuity(World world, Passage passage) {
        this.world = world;
        this.passage = passage;
        this.applies = world.scenario().isCalm();
        int size = world.nodes().size();
        this.reached = new boolean[size][size];
    }

    boolean applies() {
        return applies;
    }

    void check() {
        for (int from = 0; from < reached.length; from++) {
            for (int to = 0; to < reached.length; to++) {
                if (from != to) {
                    check(from, to);
                }
            }
        }
    }

    private void check(int from, int to) {
        boolean wanted = from == 0 || to == 0 || world.cloud().share(from, to);
        if (!wanted || hasLeft(from) || hasLeft(to)) {
            reached[from][to] = false;
            return;
        }
        var packet = passage.packet(from, to);
        var verdict = world.packets().send(from, packet);
        if (verdict instanceof Verdict.Delivered) {
            reached[from][to] = true;
        } else if (reached[from][to] && !isSettling(verdict, packet)) {
            throw new Broken(
                    "no decision cuts who was connected",
                    "pods of node %d reached those of node %d, and nothing went wrong: %s"
                            .formatted(from, to, verdict));
        }
    }

    private boolean isSettling(Verdict verdict, Packet packet) {
        var links = world.scenario().links();
        return verdict instanceof Verdict.Dropped(var at, _)
                && world.packets()
                        .isSettling(
                                at,
                                packet,
                                world.timeline().now(),
                                links.delayMillis() + links.jitterMillis());
    }

    private boolean hasLeft(int node) {
        long now = world.timeline().now();
        return world.scenario().acts().stream()
                .anyMatch(act ->
                        act instanceof Act.Leaves(var at, _, var who)
                                && who == node
                                && at <= now
                                && now - at < FORGETS_MILLIS);
    }
}
