// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Where an interval of time is filed, so that those around a moment are found by two dozen look-ups
 * in plain indexes, however many there are: the relational interval tree (Kriegel, Pötke, Seidl,
 * 2000). Each moment is a node of one binary tree over all milliseconds; an interval lies at the
 * topmost node in it.
 */
final class Fork {
    /** Of intervals that have not ended; no moment. */
    static final long OPEN = -1;

    /** Of intervals in which nothing stands: never looked for. */
    static final long GONE = -2;

    /** Later than any moment. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int LEVELS = 43;

    /** The last moment of the tree, in the year 2248. */
    static final long LATEST = (1L << LEVELS) - 1;

    private Fork() {}

    /** The node of the moments from {@code begins}, above 0, until before {@code ends}. */
    static long of(long begins, long ends) {
        if (ends == NEVER) {
            return OPEN;
        }
        long last = ends - 1;
        if (begins < 1 || last < begins) {
            throw new IllegalArgumentException("no interval: " + begins + " to " + ends);
        }
        return last & -Long.highestOneBit((begins - 1) ^ last);
    }

    /** The nodes before {@code moment} at which intervals may lie that reach beyond it. */
    static List<Long> before(long moment) {
        return ancestors(moment).stream().filter(node -> node < moment).toList();
    }

    /** The nodes from {@code moment} on at which intervals may lie that begin by then. */
    static List<Long> from(long moment) {
        return ancestors(moment).stream().filter(node -> node >= moment).toList();
    }

    private static List<Long> ancestors(long moment) {
        var nodes = new ArrayList<Long>();
        nodes.add(moment);
        for (int level = Long.numberOfTrailingZeros(moment) + 1; level < LEVELS; level++) {
            long bit = 1L << level;
            nodes.add((moment & -bit) | bit);
        }
        return nodes;
    }
}
