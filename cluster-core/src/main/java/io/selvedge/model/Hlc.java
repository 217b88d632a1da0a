// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.util.Comparator;

/**
 * A moment of a hybrid logical clock: milliseconds of the wall clock, never running back, and a
 * count of what happened within one. What was caused comes later than its cause, on other nodes
 * too.
 */
public record Hlc(long millis, int count) implements Comparable<Hlc> {
    /** Before everything. */
    public static final Hlc ZERO = new Hlc(0, 0);

    private static final Comparator<Hlc> ORDER =
            Comparator.comparingLong(Hlc::millis).thenComparingInt(Hlc::count);

    public Hlc {
        if (millis < 0 || count < 0) {
            throw new IllegalArgumentException("a logical clock counts from zero");
        }
    }

    /** What {@link #toString} gave. */
    public static Hlc parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("'" + text + "' is not millis.count");
        }
        return new Hlc(
                Long.parseLong(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
    }

    public Hlc max(Hlc other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(Hlc other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return millis + "." + count;
    }
}
