// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.util.List;

/**
 * What became of the pings of one flow.
 *
 * @param lostAt the sequence numbers that nobody answered
 * @param longestGapMillis between two answers
 * @param ttlChanges each a change of path, in words
 */
public record PingReport(
        String flow,
        int sent,
        List<Integer> lostAt,
        long longestGapMillis,
        List<String> ttlChanges) {
    public PingReport {
        lostAt = List.copyOf(lostAt);
        ttlChanges = List.copyOf(ttlChanges);
    }

    public int lost() {
        return lostAt.size();
    }

    @Override
    public String toString() {
        return "%s: %d of %d lost%s, longest gap %d ms%s"
                .formatted(
                        flow,
                        lost(),
                        sent,
                        lostAt.isEmpty() ? "" : " " + shortened(),
                        longestGapMillis,
                        ttlChanges.isEmpty() ? "" : ", " + String.join(", ", ttlChanges));
    }

    private String shortened() {
        return lostAt.size() <= 8 ? lostAt.toString() : lostAt.subList(0, 8) + "...";
    }
}
