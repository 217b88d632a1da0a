// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The median, the 99th percentile (nearest rank) and the maximum of measured times. */
public record Quantiles(double p50Seconds, double p99Seconds, double maxSeconds) {
    public static Quantiles ofMillis(Collection<Long> millis) {
        var sorted = millis.stream().mapToLong(Long::longValue).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("nothing was measured");
        }
        return new Quantiles(
                rank(sorted, 0.50) / 1e3, rank(sorted, 0.99) / 1e3, rank(sorted, 1.0) / 1e3);
    }

    Map<String, Object> map() {
        var map = new LinkedHashMap<String, Object>();
        map.put("p50Seconds", p50Seconds);
        map.put("p99Seconds", p99Seconds);
        map.put("maxSeconds", maxSeconds);
        return map;
    }

    private static long rank(long[] sorted, double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
