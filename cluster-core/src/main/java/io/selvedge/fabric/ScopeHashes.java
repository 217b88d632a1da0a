// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** A set of scopes by their hashes, in the order of unsigned numbers. Immutable. */
final class ScopeHashes {
    static final ScopeHashes NONE = new ScopeHashes(new long[0]);

    private final long[] hashes;
    private @Nullable Bytes digest;

    private ScopeHashes(long[] hashes) {
        this.hashes = hashes;
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
        var hashes = new long[packed.size() / Long.BYTES];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = packed.longAt(i * Long.BYTES);
        }
        return sorted(hashes);
    }

    int size() {
        return hashes.length;
    }

    long[] toArray() {
        return hashes.clone();
    }

    boolean contains(long hash) {
        int next = firstBehind(hash);
        return next > 0 && hashes[next - 1] == hash;
    }

    /** With what {@code others} has of a range in place of what this has; null is an open side. */
    ScopeHashes with(@Nullable Long after, @Nullable Long upTo, ScopeHashes others) {
        int head = after == null ? 0 : firstBehind(after);
        int tail = upTo == null ? hashes.length : Math.max(head, firstBehind(upTo));
        var middle = others.range(after, upTo);
        var all = Arrays.copyOf(hashes, head + middle.length + hashes.length - tail);
        System.arraycopy(middle, 0, all, head, middle.length);
        System.arraycopy(hashes, tail, all, head + middle.length, hashes.length - tail);
        return new ScopeHashes(all);
    }

    /** Those behind {@code after}, up to and with {@code upTo}. */
    long[] range(@Nullable Long after, @Nullable Long upTo) {
        int from = after == null ? 0 : firstBehind(after);
        int to = upTo == null ? hashes.length : Math.max(from, firstBehind(upTo));
        return Arrays.copyOfRange(hashes, from, to);
    }

    /** The range that holds all that either has and the other has not. */
    Buckets.Range changedSince(ScopeHashes before) {
        int head = Math.max(0, Arrays.mismatch(hashes, before.hashes));
        int tail = 0;
        int shorter = Math.min(hashes.length, before.hashes.length) - head;
        while (tail < shorter
                && hashes[hashes.length - 1 - tail]
                        == before.hashes[before.hashes.length - 1 - tail]) {
            tail++;
        }
        @Nullable Long after = head == 0 ? null : hashes[head - 1];
        @Nullable Long upTo = tail == 0 ? null : hashes[hashes.length - tail] - 1;
        return new Buckets.Range(after, upTo);
    }

    /** Eight bytes over all of them: equal digests, equal sets. */
    Bytes digest() {
        if (digest == null) {
            var sum = Sha256.digest();
            sum.update(Bytes.ofLongs(hashes).toArray());
            digest = Bytes.ofLongs(Sha256.shortened(sum).longAt(0));
        }
        return digest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ScopeHashes that && Arrays.equals(hashes, that.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    private int firstBehind(long hash) {
        int low = 0;
        int high = hashes.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Long.compareUnsigned(hashes[middle], hash) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static ScopeHashes sorted(long[] hashes) {
        var sorted = Arrays.stream(hashes).map(hash -> hash ^ Long.MIN_VALUE).sorted().distinct();
        return new ScopeHashes(sorted.map(hash -> hash ^ Long.MIN_VALUE).toArray());
    }
}
