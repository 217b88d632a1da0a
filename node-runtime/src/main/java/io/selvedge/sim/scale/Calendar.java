// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.wire.GossipMessage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen, by the millisecond: a ring of buckets, each in the order of entry. Nothing may
 * be entered for now, for the past, or {@value #SPAN} milliseconds ahead.
 */
final class Calendar {
    /** A power of two, above a tick and the longest delay. */
    static final int SPAN = 2_048;

    private final Bucket[] ring = new Bucket[SPAN];
    private long now;

    /** What happens in one millisecond: a tick where there is no message, else its arrival. */
    static final class Bucket {
        private int[] from = new int[16];
        private int[] to = new int[16];
        private int[] sizes = new int[16];
        private @Nullable GossipMessage[] messages = new GossipMessage[16];
        private int count;

        int count() {
            return count;
        }

        int from(int index) {
            return from[index];
        }

        int to(int index) {
            return to[index];
        }

        int size(int index) {
            return sizes[index];
        }

        @Nullable GossipMessage message(int index) {
            return messages[index];
        }

        private void add(int sender, int receiver, int size, @Nullable GossipMessage message) {
            if (count == from.length) {
                from = Arrays.copyOf(from, 2 * count);
                to = Arrays.copyOf(to, 2 * count);
                sizes = Arrays.copyOf(sizes, 2 * count);
                messages = Arrays.copyOf(messages, 2 * count);
            }
            from[count] = sender;
            to[count] = receiver;
            sizes[count] = size;
            messages[count++] = message;
        }

        private void clear() {
            Arrays.fill(messages, 0, count, null);
            count = 0;
        }
    }

    Calendar() {
        Arrays.setAll(ring, _ -> new Bucket());
    }

    long now() {
        return now;
    }

    void arrival(long at, int from, int to, int size, GossipMessage message) {
        bucket(at).add(from, to, size, message);
    }

    void tick(long at, int node) {
        bucket(at).add(node, node, 0, null);
    }

    /** Goes on to the next millisecond; its bucket is valid until the one after. */
    Bucket next() {
        ring[(int) (now & (SPAN - 1))].clear();
        now++;
        return ring[(int) (now & (SPAN - 1))];
    }

    private Bucket bucket(long at) {
        if (at <= now || at - now >= SPAN) {
            throw new IllegalArgumentException("at %d ms, now is %d ms".formatted(at, now));
        }
        return ring[(int) (at & (SPAN - 1))];
    }
}
