// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.RecordKey;
import java.util.Comparator;

/**
 * Whose word counts when two contradict each other: the lower rank's. Of equals, the lower key's.
 */
record Rank(Level level, RecordKey writer) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER =
            Comparator.comparing(Rank::level).thenComparing(Rank::writer);

    /** In the order of precedence. */
    enum Level {
        ROOT,
        AUTHORITY,
        SITE_AUTHORITY
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
