// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planner;
import io.selvedge.plan.StandingPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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
            new NodeDefaults("ipsec0", "ipsec1", "selvedge0", "cni0", 7946, 7948, 2551, 0);
    private static final int WARM_UP = 200;
    private static final int ROUNDS = 101;

    static PlanCost of(Layout layout, Archive archive) {
        int edge = layout.members(0).getFirst();
        int peer = layout.members(0).getLast();
        var self = layout.subject(edge);
        var statements = statements(archive.within(layout.subscriptions(edge)));
        var view = View.of(statements, archive.root());
        if (view.grant(self) == null || view.endpoint(layout.subject(peer)) == null) {
            throw new IllegalStateException("an edge does not believe what it holds");
        }
        var scope = layout.ownScope(peer);
        var said = statements.stream().filter(each -> each.header().scope().equals(scope)).toList();
        var changes = new ArrayList<Map<Scope, List<Statement>>>();
        for (int version = 2; version < 4; version++) {
            var endpoint = archive.endpoint(peer, version).statement().orElseThrow();
            var slot = endpoint.header().slot();
            changes.add(
                    Map.of(
                            scope,
                            said.stream()
                                    .map(old -> old.header().slot().equals(slot) ? endpoint : old)
                                    .toList()));
        }
        var standing = new Standing(self, view);
        return new PlanCost(
                medianMillis(_ -> View.of(statements, archive.root())),
                medianMillis(_ -> Planner.plan(self, view, DEFAULTS)),
                medianMillis(round -> standing.change(changes.get(round % 2))));
    }

    /** A node's view and plan, carried from change to change. */
    private static final class Standing {
        private final StandingPlan plan;
        private View view;

        Standing(Subject self, View view) {
            this.plan = new StandingPlan(self, DEFAULTS);
            this.view = view;
            plan.next(view);
        }

        Plan change(Map<Scope, List<Statement>> changed) {
            view = view.update(changed);
            return plan.next(view);
        }
    }

    private static List<Statement> statements(Collection<SignedRecord> records) {
        return records.stream().flatMap(record -> record.statement().stream()).toList();
    }

    /** The work's results are summed up, so that none of it can be left out. */
    private static double medianMillis(IntFunction<Object> work) {
        long sum = 0;
        for (int round = 0; round < WARM_UP; round++) {
            sum += System.identityHashCode(work.apply(round));
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
