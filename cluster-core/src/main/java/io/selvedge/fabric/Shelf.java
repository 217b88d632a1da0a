// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cards of one scope in their order, with their digest, their size and their number. */
final class Shelf {
    private final Scope scope;
    private final long hash;
    private Card[] cards;
    private int size;
    private long bytes;
    private @Nullable Bytes digest;

    Shelf(Scope scope) {
        this(scope, ScopeHashes.hash(scope), new Card[1]);
    }

    private Shelf(Scope scope, long hash, Card[] cards) {
        this.scope = scope;
        this.hash = hash;
        this.cards = cards;
    }

    Scope scope() {
        return scope;
    }

    /** The {@link ScopeHashes#hash} of the scope. */
    long hash() {
        return hash;
    }

    @Nullable Entry entry(Bytes slotHash) {
        int first = firstFrom(slotHash, false);
        return first < size && cards[first].slotHash().equals(slotHash) ? entryAt(first) : null;
    }

    /** The entries whose slot hashes lie in the range; null leaves a side open. */
    List<Entry> entries(@Nullable Bytes after, @Nullable Bytes upTo) {
        var entries = new ArrayList<Entry>();
        int end = upTo == null ? size : firstFrom(upTo, true);
        int next = after == null ? 0 : firstFrom(after, true);
        while (next < end) {
            var entry = entryAt(next);
            entries.add(entry);
            next += entry.cards().size();
        }
        return entries;
    }

    List<Card> cards() {
        return Arrays.asList(cards).subList(0, size);
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    void add(Card card) {
        int at = -Arrays.binarySearch(cards, 0, size, card) - 1;
        if (size == cards.length) {
            cards = Arrays.copyOf(cards, size + Math.max(1, size / 2));
        }
        System.arraycopy(cards, at, cards, at + 1, size - at);
        cards[at] = card;
        size++;
        bytes += card.size();
        digest = null;
    }

    void remove(Card card) {
        int at = Arrays.binarySearch(cards, 0, size, card);
        size--;
        System.arraycopy(cards, at + 1, cards, at, size - at);
        cards = Arrays.copyOf(cards, size + Math.min(size / 2, cards.length - size - 1));
        bytes -= card.size();
        digest = null;
    }

    /** Over slot, version and hash of each record, in the order of slot hashes. */
    Bytes digest() {
        if (digest == null) {
            var sum = Sha256.digest();
            cards().forEach(card -> sum.update(card.digested()));
            digest = Sha256.shortened(sum);
        }
        return digest;
    }

    /** The digests of its buckets, by the first bits of slot hashes. */
    long[] buckets(int bits) {
        return Buckets.digests(
                bits, cards(), card -> card.slotHash().longAt(0), card -> card.digested());
    }

    Shelf copy() {
        var copy = new Shelf(scope, hash, Arrays.copyOf(cards, Math.max(1, size)));
        copy.size = size;
        copy.bytes = bytes;
        copy.digest = digest;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shelf that && size == that.size && digest().equals(that.digest());
    }

    @Override
    public int hashCode() {
        return digest().hashCode();
    }

    private Entry entryAt(int first) {
        boolean pair =
                first + 1 < size && cards[first + 1].slotHash().equals(cards[first].slotHash());
        return new Entry(Arrays.asList(cards).subList(first, first + (pair ? 2 : 1)));
    }

    /** The index of the first card of this slot, or of any behind it. */
    private int firstFrom(Bytes slotHash, boolean behind) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = cards[middle].slotHash().compareTo(slotHash);
            if (order < 0 || (behind && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
