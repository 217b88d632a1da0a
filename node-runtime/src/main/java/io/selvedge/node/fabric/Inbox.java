// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import java.util.HashMap;
import java.util.Map;

/**
 * Counts what waits in a mailbox, so that it stays bounded and no sender takes the room of another.
 * Thread-safe: sockets enter, the actor leaves.
 *
 * @param <S> who sends
 */
final class Inbox<S> {
    /** Four ticks' worth of a neighbour that keeps to its budget. */
    static final int SENDER_BYTES_MAX = 256 * 1024;

    static final int BYTES_MAX = 16 * 1024 * 1024;

    /** What a message takes on the heap beside its bytes, about. */
    private static final int OVERHEAD = 256;

    private final Map<S, Integer> waiting = new HashMap<>();
    private int bytes;
    private int overrun;

    /** Whether there is room for a message of this size; if so, it waits from now on. */
    synchronized boolean enter(S from, int size) {
        int cost = size + OVERHEAD;
        int known = waiting.getOrDefault(from, 0);
        if (known + cost > SENDER_BYTES_MAX || bytes + cost > BYTES_MAX) {
            overrun++;
            return false;
        }
        waiting.put(from, known + cost);
        bytes += cost;
        return true;
    }

    /** A message that was let in is being looked at. */
    synchronized void leave(S from, int size) {
        int cost = size + OVERHEAD;
        waiting.computeIfPresent(from, (_, known) -> known > cost ? known - cost : null);
        bytes = Math.max(0, bytes - cost);
    }

    /** How many found no room since the last call. */
    synchronized int takeOverrun() {
        int taken = overrun;
        overrun = 0;
        return taken;
    }
}
