// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.model.RecordKey;
import io.selvedge.model.Subject;
import io.selvedge.wire.ReportMessage;
import java.util.concurrent.CompletionStage;

/**
 * Where a gateway hands what nodes report, proven to be theirs. Takes each number once, as {@link
 * io.selvedge.report.Inbox} says. Thread-safe; calls do not block.
 */
public interface ReportSink {
    /** What a message led to. */
    sealed interface Receipt {}

    /** The epoch that is taken from now on. */
    record Opened(long epoch, long formerUpTo, boolean first) implements Receipt {}

    /** What of an epoch was taken, in all. */
    record Journaled(long epoch, long upTo) implements Receipt {}

    /**
     * Hands over a message of a node.
     *
     * @return completed once what the receipt says is durable; when it fails nothing was taken, or
     *     nobody knows, and the node will say it again
     */
    CompletionStage<Receipt> hand(Subject node, RecordKey key, ReportMessage.FromNode message);
}
