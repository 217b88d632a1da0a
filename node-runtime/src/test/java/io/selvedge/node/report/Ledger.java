// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import java.util.List;

/** A sink, and what it has journaled. */
interface Ledger {
    ReportSink sink();

    /** Oldest first. */
    List<MemorySink.Journal> journal();

    /** A sink that forgets nothing while its process lasts. */
    static Ledger ofMemory() {
        var sink = new MemorySink(Integer.MAX_VALUE);
        return new Ledger() {
            @Override
            public ReportSink sink() {
                return sink;
            }

            @Override
            public List<MemorySink.Journal> journal() {
                return sink.journal();
            }
        };
    }
}
