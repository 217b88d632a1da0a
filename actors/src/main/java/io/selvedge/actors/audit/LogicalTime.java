// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.model.Hlc;
import java.time.Instant;

/** Moments of the logical clock, from their text forms. */
final class LogicalTime {
    private LogicalTime() {}

    /** What {@link Hlc#toString} gave; for anything else, the clock of the node that told it. */
    static Hlc of(String text, Instant nodeTime) {
        int dot = text.indexOf('.');
        try {
            return new Hlc(
                    Long.parseLong(text.substring(0, Math.max(dot, 0))),
                    Integer.parseInt(text.substring(dot + 1)));
        } catch (IllegalArgumentException other) {
            return new Hlc(Math.max(0, nodeTime.toEpochMilli()), 0);
        }
    }
}
