// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.RecordKey;
import java.util.Comparator;

/**
 * Whose word counts when two contradict each other: the lower rank's. Of equals, that of the one
 * who proves to have the node's consent, and then the lower key's.
 *
 * @param proven whether it is a grant with a {@link Possession}
 */
record Rank(Level level, boolean proven, RecordKey writer) implements Comparable<Rank> {
    private static final Comparator<Rank> ORDER =
            Comparator.comparing(Rank::level)
                    .thenComparing(Rank::proven, Comparator.reverseOrder())
                    .thenComparing(Rank::writer);

    Rank(Level level, RecordKey writer) {
        this(level, false, writer);
    }

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
