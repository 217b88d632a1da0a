// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.model.Cause;
import io.selvedge.model.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts what was refused, by who sent it and why, so that a neighbour that sends nonsense all day
 * makes a few reports. Thread-safe.
 */
public final class Refusals {
    /** Pairs of sender and reason; what is beyond counts together. */
    private static final int PAIRS_MAX = 32;

    private static final Pair OTHERS = new Pair("others", "for several reasons");

    private final Map<Pair, Integer> counts = new LinkedHashMap<>();

    private record Pair(String from, String why) {}

    public synchronized void note(String from, String why) {
        var pair = new Pair(Cause.shortened(from), Cause.shortened(why));
        boolean apart = counts.containsKey(pair) || counts.size() < PAIRS_MAX;
        counts.merge(apart ? pair : OTHERS, 1, Math::addExact);
    }

    /** What was refused since the last call. */
    public synchronized List<Report> take() {
        var reports =
                counts.entrySet().stream()
                        .<Report>map(counted ->
                                new Report.RecordRefused(
                                        counted.getKey().from(),
                                        counted.getValue(),
                                        Cause.of(counted.getKey().why())))
                        .toList();
        counts.clear();
        return reports;
    }
}
