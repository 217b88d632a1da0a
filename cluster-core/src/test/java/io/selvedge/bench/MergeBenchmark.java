// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.bench;

import io.selvedge.fabric.RecordSet.Merged;
import io.selvedge.fabric.SignedRecord;
import org.openjdk.jmh.annotations.Benchmark;

/** What a record costs that arrives at an edge in a Community of 100, once it is verified. */
public class MergeBenchmark extends Cost {
    private final Held held = new Held(new LargeFabric(10_000, 100));
    private final SignedRecord old = held.next();
    private final SignedRecord known = held.next();

    public MergeBenchmark() {
        held.records().merge(old);
        held.records().merge(known);
    }

    @Benchmark
    public Merged ofANewVersion() {
        var next = held.next();
        return held.records().merge(next);
    }

    @Benchmark
    public Merged ofOneThatIsHeld() {
        return held.records().merge(known);
    }

    @Benchmark
    public Merged ofOneThatIsOutdated() {
        return held.records().merge(old);
    }
}
