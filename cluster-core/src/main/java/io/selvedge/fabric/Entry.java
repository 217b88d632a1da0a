// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.RecordSet.Merged;
import io.selvedge.model.Bytes;
import io.selvedge.model.Version;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one slot: one record, or two of one version, the higher hash first. Keeping the
 * two highest of any number makes the proof of equivocation a join too.
 */
record Entry(List<Card> cards) {
    Entry {
        cards = List.copyOf(cards);
    }

    static Entry of(Card card) {
        return new Entry(List.of(card));
    }

    Card highest() {
        return cards.getFirst();
    }

    Bytes slotHash() {
        return highest().slotHash();
    }

    Version version() {
        return highest().version();
    }

    boolean isEquivocation() {
        return cards.size() > 1;
    }

    /** The sizes of its records, summed. */
    int bytes() {
        return cards.stream().mapToInt(Card::size).sum();
    }

    /** What becomes of a record of this slot. */
    Merged judge(Card card) {
        int newer = card.compareVersion(highest());
        if (newer != 0) {
            return newer > 0 ? Merged.ACCEPTED : Merged.SUPERSEDED;
        }
        if (cards.stream().anyMatch(held -> held.hash().equals(card.hash()))) {
            return Merged.ALREADY_KNOWN;
        }
        boolean outweighed = isEquivocation() && card.hash().compareTo(cards.getLast().hash()) < 0;
        return outweighed ? Merged.SUPERSEDED : Merged.EQUIVOCATION;
    }

    /** With another record of the same version. */
    Entry with(Card card) {
        return new Entry(Stream.concat(cards.stream(), Stream.of(card)).sorted().limit(2).toList());
    }

    @Nullable Entry without(Card card) {
        var rest = cards.stream().filter(held -> !held.hash().equals(card.hash())).toList();
        return rest.isEmpty() ? null : new Entry(rest);
    }
}
