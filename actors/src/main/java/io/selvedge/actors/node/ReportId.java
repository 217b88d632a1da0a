// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.model.RecordKey;
import java.util.Comparator;

/** The number of a report in a node's outbox: no two reports ever have the same. */
public record ReportId(RecordKey key, long epoch, long sequence) implements Comparable<ReportId> {
    private static final Comparator<ReportId> ORDER =
            Comparator.comparing(ReportId::key)
                    .thenComparingLong(ReportId::epoch)
                    .thenComparingLong(ReportId::sequence);

    /** What {@link #toString} gave. */
    public static ReportId parse(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("'" + text + "' is not key.epoch.sequence");
        }
        return new ReportId(
                RecordKey.ofHex(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
    }

    /** What sequences are counted within. */
    public String stream() {
        return key.hex() + "." + epoch;
    }

    @Override
    public int compareTo(ReportId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return stream() + "." + sequence;
    }
}
