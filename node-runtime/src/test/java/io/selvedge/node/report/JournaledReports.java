// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.actors.node.NodeEvent;
import io.selvedge.model.Subject;
import io.selvedge.report.Inbox;
import java.util.Optional;

/** A Node's events in the words of a {@link MemorySink}. */
final class JournaledReports {
    private JournaledReports() {}

    /** Empty for what is no report. */
    static Optional<MemorySink.Journal> of(Subject node, NodeEvent event) {
        return switch (event) {
            case NodeEvent.Reported(var id, var what, _) ->
                    Optional.of(new MemorySink.Entry(node, id.epoch(), id.number(), what));
            case NodeEvent.Missed(var first, var last, _, _, _) ->
                    Optional.of(
                            new MemorySink.Missed(
                                    node, first.epoch(), new Inbox.Missing(first.number(), last)));
            default -> Optional.empty();
        };
    }
}
