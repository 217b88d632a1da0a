// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.bench;

import io.selvedge.fabric.View;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planner;
import io.selvedge.plan.StandingPlan;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What planning costs in a fabric of 10,000 edges in Communities of 100. */
public class PlanBenchmark extends Cost {
    private static final NodeDefaults DEFAULTS =
            new NodeDefaults("ipsec0", "ipsec1", "selvedge0", "cni0", 7946, 7948, 2551, 0);

    /** Whose plan: an edge of its own scopes, an edge that holds everything, the connector. */
    public enum Who {
        EDGE,
        EDGE_OF_ALL,
        CONNECTOR
    }

    @Param public Who who = Who.EDGE;

    private final LargeFabric fabric = new LargeFabric(10_000, 100);
    private View view = fabric.ofEdge();
    private StandingPlan standing = new StandingPlan(LargeFabric.subject(1), DEFAULTS);
    private long sequence = 1;

    @Setup
    public void hold() {
        view = who == Who.EDGE ? fabric.ofEdge() : fabric.all();
        standing = new StandingPlan(LargeFabric.subject(number()), DEFAULTS);
        standing.next(view);
    }

    private int number() {
        return who == Who.CONNECTOR ? 0 : 1;
    }

    @Benchmark
    public Plan full() {
        return Planner.plan(LargeFabric.subject(number()), view, DEFAULTS);
    }

    @Benchmark
    public Plan afterAnEndpointMoved() {
        view = view.update(fabric.moved(2, ++sequence));
        return standing.next(view);
    }

    @Benchmark
    public Plan afterAGrantChanged() {
        view = view.update(fabric.granted(2, ++sequence));
        return standing.next(view);
    }
}
