// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import io.selvedge.model.Subject;

/** A tunnel by its two ends, in their order. */
public record TunnelId(Subject low, Subject high) {
    /** Between the ends, in no end. */
    public static final char BETWEEN = '|';

    public TunnelId {
        if (low.compareTo(high) >= 0) {
            throw new IllegalArgumentException("ends out of order: " + low + ", " + high);
        }
    }

    public static TunnelId of(Subject one, Subject other) {
        return one.compareTo(other) < 0 ? new TunnelId(one, other) : new TunnelId(other, one);
    }

    @Override
    public String toString() {
        return low.toString() + BETWEEN + high;
    }
}
