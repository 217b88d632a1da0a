// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

/**
 * What a node takes in of one writer.
 *
 * @param recordsMax the slots held at once
 * @param bytesMax their sizes, summed
 * @param perSecond the records taken in a second, over time
 * @param burst the records taken in at once
 */
public record Quota(int recordsMax, long bytesMax, int perSecond, int burst) {
    /** A writer of whom nothing is known: room for a grant's worth of records, no more. */
    public static final Quota STRANGER = new Quota(16, 64 << 10, 20, 200);

    public static final Quota NODE = new Quota(128, 1 << 20, 20, 200);

    /** A connector, which observes every node. */
    public static final Quota CONNECTOR = new Quota(100_000, 64 << 20, 2_000, 100_000);

    public static final Quota AUTHORITY = new Quota(1_000_000, 512 << 20, 10_000, 1_000_000);

    public Quota {
        if (recordsMax <= 0 || bytesMax <= 0 || perSecond <= 0 || burst <= 0) {
            throw new IllegalArgumentException("a quota is above zero");
        }
    }
}
