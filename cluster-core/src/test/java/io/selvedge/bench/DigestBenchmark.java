// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.bench;

import io.selvedge.model.Bytes;
import org.openjdk.jmh.annotations.Benchmark;

/** What it costs to compare records with a neighbour: an edge in a Community of 100. */
public class DigestBenchmark extends Cost {
    private final LargeFabric fabric = new LargeFabric(10_000, 100);
    private final Held held = new Held(fabric);
    private final Conversation conversation = new Conversation(fabric);

    /** The digest of one scope, with the merge that made it necessary. */
    @Benchmark
    public Bytes ofAScopeAfterAChange() {
        var next = held.next();
        held.records().merge(next);
        return held.records().digest(next.scope());
    }

    /** An edge and a connector that hold the same: one digest over all, from memory. */
    @Benchmark
    public int exchangedByTwoThatAgree() {
        return conversation.ask();
    }

    /** A record is made, pushed, merged, and agreed upon by a digest over 103 scopes. */
    @Benchmark
    public int exchangedAfterAChange() {
        return conversation.changeAndAsk();
    }
}
