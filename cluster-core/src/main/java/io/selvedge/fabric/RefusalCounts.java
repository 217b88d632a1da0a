// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import java.util.Collections;
import java.util.EnumMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** How much was refused since this node started, by cause. */
final class RefusalCounts {
    private final EnumMap<Refusal, Long> counts = new EnumMap<>(Refusal.class);

    void add(Refusal cause, long times) {
        counts.merge(cause, times, Long::sum);
    }

    /** The causes that occurred. A copy. */
    SortedMap<Refusal, Long> all() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }
}
