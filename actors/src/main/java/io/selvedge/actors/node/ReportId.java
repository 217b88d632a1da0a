// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import java.util.Comparator;

/**
 * The number of a report among all that its node ever made: given once, and growing.
 *
 * @param number the first, of a report that takes several
 */
public record ReportId(long epoch, long number) implements Comparable<ReportId> {
    private static final Comparator<ReportId> ORDER =
            Comparator.comparingLong(ReportId::epoch).thenComparingLong(ReportId::number);

    /** What {@link #toString} gave. */
    public static ReportId parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("'" + text + "' is not epoch.number");
        }
        return new ReportId(
                Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1)));
    }

    @Override
    public int compareTo(ReportId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "." + number;
    }
}
