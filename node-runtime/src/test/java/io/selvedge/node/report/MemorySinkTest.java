// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import java.util.List;

class MemorySinkTest extends ReportSinkContract {
    private final MemorySink sink = new MemorySink(100);

    @Override
    ReportSink sink() {
        return sink;
    }

    @Override
    List<Long> journaled() {
        return sink.journal().stream().map(each -> ((MemorySink.Entry) each).number()).toList();
    }
}
