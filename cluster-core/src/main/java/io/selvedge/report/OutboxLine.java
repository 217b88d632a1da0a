// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.model.Hlc;
import io.selvedge.model.Reported;

/** A line of the file of an outbox. The first is a {@link Head}; the file is the row of them. */
public sealed interface OutboxLine {
    /**
     * What the lines that follow go on from.
     *
     * @param epoch the current one; 0 while the outbox asks for one
     * @param last the last number given before the lines that follow
     * @param hlc of the last report, or later
     */
    record Head(long epoch, long last, Hlc hlc) implements OutboxLine {}

    /** A report, numbered; of epoch 0 while the outbox has none. */
    record Entry(long epoch, long number, Reported what) implements OutboxLine {}

    /** All reports of the epoch up to this number were acknowledged. */
    record Acknowledged(long epoch, long upTo) implements OutboxLine {}
}
