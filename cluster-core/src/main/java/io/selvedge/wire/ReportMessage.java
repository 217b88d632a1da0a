// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import io.selvedge.model.Hlc;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Reported;
import java.util.List;

/** What a node and a gateway say to each other about reports; one message a datagram. */
public sealed interface ReportMessage {
    /** From a node that reports. */
    sealed interface FromNode extends ReportMessage {}

    /** From a gateway, about one node's reports. */
    sealed interface FromGateway extends ReportMessage {
        /** The record key of the node that it is for. */
        RecordKey node();

        /** By the gateway's clock. */
        Hlc now();
    }

    /**
     * Asks for an epoch in which no number was ever given.
     *
     * @param nonce of this asking; the answer has it
     * @param former the epoch of the reports that rest on the node's disk; 0 when there are none
     */
    record Hello(long nonce, long former) implements FromNode {}

    /**
     * Consecutive reports of an epoch.
     *
     * @param base the lowest number that the node still has
     * @param first the number of the first report
     */
    record Batch(long epoch, long base, long first, List<Reported> reports) implements FromNode {
        public Batch {
            reports = List.copyOf(reports);
            if (epoch < 1 || base < 1 || first < base || reports.isEmpty()) {
                throw new IllegalArgumentException("a batch has reports, numbered from its base");
            }
        }
    }

    /**
     * Answers a {@link Hello}: from now on only this epoch is taken.
     *
     * @param formerUpTo the last number taken of the former epoch; 0 when none was
     * @param first whether nothing was ever taken of this node
     */
    record Welcome(RecordKey node, long nonce, long epoch, long formerUpTo, boolean first, Hlc now)
            implements FromGateway {}

    /** All numbers of the epoch up to this one are journaled, and safe to forget. */
    record Ack(RecordKey node, long epoch, long upTo, Hlc now) implements FromGateway {}
}
