// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.wire.GossipMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things told apart by the first bits of their hashes, so that a difference among many is found by
 * one digest of eight bytes for a few of them.
 */
final class Buckets {
    private static final int ITEMS = 8;

    private Buckets() {}

    /** Consecutive buckets as a range of hashes, each by its first eight bytes. */
    record Range(@Nullable Long after, @Nullable Long upTo) {
        boolean contains(long hash) {
            return (after == null || Long.compareUnsigned(hash, after) > 0)
                    && (upTo == null || Long.compareUnsigned(hash, upTo) <= 0);
        }

        /** The bounds among hashes of 16 bytes. */
        @Nullable Bytes slotAfter() {
            return bound(after);
        }

        @Nullable Bytes slotUpTo() {
            return bound(upTo);
        }

        private static @Nullable Bytes bound(@Nullable Long prefix) {
            return prefix == null ? null : Bytes.ofLongs(prefix, -1);
        }
    }

    /** How many bits make about eight things a bucket. */
    static int bits(int things) {
        int bits = 0;
        while (bits < GossipMessage.Buckets.BITS_MAX && things > ITEMS << bits) {
            bits++;
        }
        return bits;
    }

    /** A digest for each bucket, 0 for an empty one; the things come in the order of hashes. */
    static <T> long[] digests(
            int bits, Iterable<T> things, ToLongFunction<T> hash, Function<T, byte[]> digested) {
        var digests = new long[1 << bits];
        var sum = Sha256.digest();
        int current = -1;
        for (var thing : things) {
            int bucket = bits == 0 ? 0 : (int) (hash.applyAsLong(thing) >>> (Long.SIZE - bits));
            if (bucket != current && current >= 0) {
                digests[current] = Sha256.shortened(sum).longAt(0);
            }
            current = bucket;
            sum.update(digested.apply(thing));
        }
        if (current >= 0) {
            digests[current] = Sha256.shortened(sum).longAt(0);
        }
        return digests;
    }

    /** Where the digests differ from {@code theirs}, which begin with bucket {@code first}. */
    static List<Range> differing(int bits, long[] ours, int first, Bytes theirs) {
        var ranges = new ArrayList<Range>();
        int count = theirs.size() / Long.BYTES;
        int start = -1;
        for (int i = 0; i <= count; i++) {
            boolean differs = i < count && ours[first + i] != theirs.longAt(i * Long.BYTES);
            if (differs && start < 0) {
                start = first + i;
            } else if (!differs && start >= 0) {
                ranges.add(range(bits, start, first + i));
                start = -1;
            }
        }
        return ranges;
    }

    private static Range range(int bits, int from, int to) {
        @Nullable Long after = from == 0 ? null : ((long) from << (Long.SIZE - bits)) - 1;
        @Nullable Long upTo = to == 1 << bits ? null : ((long) to << (Long.SIZE - bits)) - 1;
        return new Range(after, upTo);
    }
}
