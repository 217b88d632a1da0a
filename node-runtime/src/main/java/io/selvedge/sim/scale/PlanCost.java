// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What planning costs an edge, in milliseconds of this machine, once the compiler has warmed up.
 *
 * @param viewMillis to tell what is believed of all it holds
 * @param fullMillis to plan from that
 * @param incrementalMillis to believe and plan anew after a peer's endpoint has changed
 */
record PlanCost(double viewMillis, double fullMillis, double incrementalMillis) {
    private static final NodeDefaults DEFAULTS =
            new NodeDefaults("ipsec0", "ipsec1", "selvedge0", "cni0", 7946, 2551);
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 101;

    static PlanCost of(Layout layout, Archive archive) {
        int edge = layout.members(0).getFirst();
        int peer = layout.members(0).getLast();
        var self = layout.subject(edge);
        var statements = statements(archive.within(layout.subscriptions(edge)));
        var view = View.of(statements, archive.root());
        var changed = new ArrayList<View>();
        for (int version = 2; version < 4; version++) {
            var endpoint = archive.endpoint(peer, version).statement().orElseThrow();
            var with = new ArrayList<>(statements);
            with.replaceAll(said ->
                    said.header().slot().equals(endpoint.header().slot()) ? endpoint : said);
            changed.add(View.of(with, archive.root()));
        }
        return new PlanCost(
                medianMillis(_ -> View.of(statements, archive.root())),
                medianMillis(_ -> Planner.plan(self, view, DEFAULTS)),
                medianMillis(round -> plan(changed.get(round % 2), self)));
    }

    private static Plan plan(View view, io.selvedge.model.Subject self) {
        return Planner.plan(self, view, DEFAULTS);
    }

    private static List<Statement> statements(Collection<SignedRecord> records) {
        return records.stream().flatMap(record -> record.statement().stream()).toList();
    }

    /** The work's results are summed up, so that none of it can be left out. */
    private static double medianMillis(IntFunction<Object> work) {
        long sum = 0;
        for (int round = 0; round < WARM_UP; round++) {
            sum += work.apply(round).hashCode();
        }
        var nanos = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            var result = work.apply(round);
            nanos[round] = System.nanoTime() - start;
            sum += System.identityHashCode(result);
        }
        Arrays.sort(nanos);
        return sum == Long.MIN_VALUE ? 0 : nanos[ROUNDS / 2] / 1e6;
    }
}
