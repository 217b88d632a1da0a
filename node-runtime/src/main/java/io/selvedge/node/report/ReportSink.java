// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.model.Subject;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage;
import java.util.concurrent.CompletionStage;

/**
 * Where a gateway hands what nodes report, proven to be theirs. Takes each number once, as {@link
 * io.selvedge.report.Inbox} says. Thread-safe; calls do not block.
 */
public interface ReportSink {
    /**
     * Hands over a message of a node.
     *
     * @return completed once what the receipt says is durable; when it fails nothing was taken, or
     *     nobody knows, and the node will say it again
     */
    CompletionStage<Receipt> hand(Subject node, ReportMessage.FromNode message);
}
