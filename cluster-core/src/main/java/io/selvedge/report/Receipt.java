// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

/** What a node is told of a message of its own, once that is durable. */
public sealed interface Receipt {
    /**
     * The epoch that is taken from now on.
     *
     * @param formerUpTo the last number taken of the epoch that the node named
     * @param first whether nothing was ever taken
     */
    record Opened(long epoch, long formerUpTo, boolean first) implements Receipt {}

    /** What of an epoch was taken, in all. */
    record Journaled(long epoch, long upTo) implements Receipt {}
}
