// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.bench;

import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** What believing costs in a fabric of 10,000 edges in Communities of 100. */
public class ViewBenchmark extends Cost {
    /** Who believes: an edge holds 103 scopes, the connector 10,102. */
    public enum Who {
        EDGE,
        CONNECTOR
    }

    @Param public Who who = Who.EDGE;

    private final LargeFabric fabric = new LargeFabric(10_000, 100);
    private List<Statement> statements = List.of();
    private View view = fabric.ofEdge();
    private long sequence = 1;

    @Setup
    public void hold() {
        statements = who == Who.EDGE ? fabric.statementsOfEdge() : fabric.statements();
        view = full();
    }

    @Benchmark
    public View full() {
        return View.of(statements, LargeFabric.AUTHORITY);
    }

    @Benchmark
    public View afterAnEndpointMoved() {
        view = view.update(fabric.moved(2, ++sequence));
        return view;
    }

    @Benchmark
    public View afterAGrantChanged() {
        view = view.update(fabric.granted(2, ++sequence));
        return view;
    }
}
