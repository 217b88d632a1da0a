// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A set of scopes by their hashes, in the order of unsigned numbers. Immutable, and no more than
 * the bytes in which it is announced.
 */
final class ScopeHashes {
    static final ScopeHashes NONE = new ScopeHashes(Bytes.EMPTY);

    private final Bytes packed;
    private @Nullable Bytes digest;

    private ScopeHashes(Bytes packed) {
        this.packed = packed;
    }

    /** The first eight bytes of the SHA-256 of the scope's name. */
    static long hash(Scope scope) {
        var sum = Sha256.digest();
        sum.update(scope.toString().getBytes(StandardCharsets.UTF_8));
        return Sha256.shortened(sum).longAt(0);
    }

    static ScopeHashes of(Collection<? extends Scope> scopes) {
        return sorted(scopes.stream().mapToLong(ScopeHashes::hash).toArray());
    }

    /** What an announcement says: eight bytes each. */
    static ScopeHashes read(Bytes packed) {
        var read = new ScopeHashes(packed);
        for (int i = 1; i < read.size(); i++) {
            if (Long.compareUnsigned(read.get(i - 1), read.get(i)) >= 0) {
                return sorted(read.toArray());
            }
        }
        return read;
    }

    /** Eight bytes each, as they are announced. */
    Bytes packed() {
        return packed;
    }

    int size() {
        return packed.size() / Long.BYTES;
    }

    long get(int index) {
        return packed.longAt(index * Long.BYTES);
    }

    boolean contains(long hash) {
        int next = firstBehind(hash);
        return next > 0 && get(next - 1) == hash;
    }

    /** With what {@code others} has of a range in place of what this has; null is an open side. */
    ScopeHashes with(@Nullable Long after, @Nullable Long upTo, ScopeHashes others) {
        if (after == null && upTo == null) {
            return others;
        }
        var all = toArray();
        int head = after == null ? 0 : firstBehind(after);
        int tail = upTo == null ? all.length : Math.max(head, firstBehind(upTo));
        var middle = others.range(after, upTo);
        var with = Arrays.copyOf(all, head + middle.length + all.length - tail);
        System.arraycopy(middle, 0, with, head, middle.length);
        System.arraycopy(all, tail, with, head + middle.length, all.length - tail);
        return new ScopeHashes(Bytes.ofLongs(with));
    }

    /** Those behind {@code after}, up to and with {@code upTo}. */
    long[] range(@Nullable Long after, @Nullable Long upTo) {
        int from = after == null ? 0 : firstBehind(after);
        int to = upTo == null ? size() : Math.max(from, firstBehind(upTo));
        return IntStream.range(from, to).mapToLong(this::get).toArray();
    }

    /** The range that holds all that either has and the other has not. */
    Buckets.Range changedSince(ScopeHashes before) {
        var now = toArray();
        var then = before.toArray();
        int head = Math.max(0, Arrays.mismatch(now, then));
        int tail = 0;
        int shorter = Math.min(now.length, then.length) - head;
        while (tail < shorter && now[now.length - 1 - tail] == then[then.length - 1 - tail]) {
            tail++;
        }
        @Nullable Long after = head == 0 ? null : now[head - 1];
        @Nullable Long upTo = tail == 0 ? null : now[now.length - tail] - 1;
        return new Buckets.Range(after, upTo);
    }

    /** Eight bytes over all of them: equal digests, equal sets. */
    Bytes digest() {
        if (digest == null) {
            var sum = Sha256.digest();
            sum.update(packed.toArray());
            digest = Bytes.ofLongs(Sha256.shortened(sum).longAt(0));
        }
        return digest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScopeHashes that && packed.equals(that.packed);
    }

    @Override
    public int hashCode() {
        return packed.hashCode();
    }

    private int firstBehind(long hash) {
        int low = 0;
        int high = size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(get(middle), hash) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private long[] toArray() {
        return range(null, null);
    }

    private static ScopeHashes sorted(long[] hashes) {
        var sorted = Arrays.stream(hashes).map(hash -> hash ^ Long.MIN_VALUE).sorted().distinct();
        return new ScopeHashes(Bytes.ofLongs(sorted.map(hash -> hash ^ Long.MIN_VALUE).toArray()));
    }
}
