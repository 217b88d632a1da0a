// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import org.jspecify.annotations.Nullable;

/**
 * What was measured.
 *
 * @param heapBytesPerNode records, view and gossip of an edge that shares nothing with others
 * @param heal null when the fabric was not split
 */
record ScaleFigures(
        ScaleSettings settings,
        Spreads inScope,
        Spreads fabricWide,
        Idle idle,
        PlanCost plan,
        long heapBytesPerNode,
        @Nullable Heal heal,
        Cost cost) {

    /**
     * Changes and how they spread.
     *
     * @param complete until the last that keeps it held a change, over the changes
     * @param arrival until one that keeps it held a change, over changes and nodes
     * @param incomplete the changes that somebody still lacked when the wait was over
     * @param keepers who is to hold a change, on average
     * @param bytesPerChange what all nodes together sent and received because of one
     */
    record Spreads(
            int changes,
            int incomplete,
            double keepers,
            Quantiles complete,
            Quantiles arrival,
            double bytesPerChange) {}

    /** Bytes a second, sent and received, when nothing changes. */
    record Idle(double mean, double p99, double connector, double lan) {}

    /**
     * @param changes made in the two halves while they were apart
     * @param isEqual whether equal records were reached at all
     */
    record Heal(double seconds, int changes, boolean isEqual) {}

    /** What the measuring itself took. */
    record Cost(double wallSeconds, long peakHeapBytes, long virtualSeconds, long datagrams) {}
}
