// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.util.Comparator;

/** The version of a record, counted by its record key: a higher epoch wins over any sequence. */
public record Version(long epoch, long sequence) implements Comparable<Version> {
    private static final Comparator<Version> ORDER =
            Comparator.comparingLong(Version::epoch).thenComparingLong(Version::sequence);

    public Version {
        if (epoch < 0 || sequence < 0) {
            throw new IllegalArgumentException("a version counts from zero");
        }
    }

    /** The version after this one; behind the last sequence number, the next epoch's first. */
    public Version next() {
        return sequence < Long.MAX_VALUE
                ? new Version(epoch, sequence + 1)
                : new Version(epoch + 1, 0);
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return epoch + "." + sequence;
    }
}
