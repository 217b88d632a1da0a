// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A report as its node dated it.
 *
 * @param at by the node's own clock, which may be wrong; whole milliseconds
 * @param hlc higher than that of every report which the node made before
 */
public record Reported(Instant at, Hlc hlc, Report report) {
    public Reported {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }
}
