// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which reports of one stream have arrived, or will not come. Immutable.
 *
 * @param runs the last sequence of each unbroken run, by its first; between two, one is missing
 */
record Heard(Map<Long, Long> runs) {
    static final Heard NOTHING = new Heard(Map.of());
    private static final long FIRST = 1;

    Heard {
        runs = Collections.unmodifiableMap(new TreeMap<>(runs));
    }

    boolean has(long sequence) {
        return runs.entrySet().stream()
                .anyMatch(run -> run.getKey() <= sequence && sequence <= run.getValue());
    }

    /** All reports up to this one have arrived; they count from one. */
    long upTo() {
        return runs.getOrDefault(FIRST, 0L);
    }

    Heard with(long from, long to) {
        long first = from;
        long last = to;
        var next = new TreeMap<Long, Long>();
        for (var run : runs.entrySet()) {
            if (run.getValue() + 1 < from || run.getKey() - 1 > to) {
                next.put(run.getKey(), run.getValue());
            } else {
                first = Math.min(first, run.getKey());
                last = Math.max(last, run.getValue());
            }
        }
        if (first <= last) {
            next.put(first, last);
        }
        return new Heard(next);
    }
}
