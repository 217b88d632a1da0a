// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.model.Slot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The records that a node holds, merged. Merging is a join: whatever the order and however often,
 * the same records give the same set. Of a slot the highest version is held; of different records
 * with that same version the two with the highest hashes, the proof that their writer
 * <em>equivocates</em>. The proof is made of records and so spreads as they do; the slot counts as
 * absent for whoever believes, until a higher version arrives.
 *
 * <p>Verifies nothing: that comes before. Owned by one thread; {@link #copy} for another.
 */
public final class RecordSet {
    /** The digest of a scope of which nothing is held. */
    public static final Bytes EMPTY_DIGEST = new Shelf().digest();

    /** The order of slots, within one scope. */
    private static final Comparator<SignedRecord> BY_SLOT =
            Comparator.comparing((SignedRecord record) -> record.header().type())
                    .thenComparing(record -> record.header().subject())
                    .thenComparing(record -> record.header().writer())
                    .thenComparing(SignedRecord::hash);

    private final TreeMap<Scope, Shelf> shelves = new TreeMap<>();

    /** What became of a record that was merged. */
    public enum Merged {
        /** It is held now; what it superseded is not. */
        ACCEPTED,
        /** It was held before. */
        ALREADY_KNOWN,
        /** It is held now, as part of the proof that its writer equivocates. */
        EQUIVOCATION,
        /** What is held of its slot outweighs it. */
        SUPERSEDED
    }

    public RecordSet() {}

    public RecordSet(Collection<SignedRecord> records) {
        records.forEach(this::merge);
    }

    /** What {@link #merge} would answer. Changes nothing. */
    public Merged judge(SignedRecord record) {
        var entry = entry(record.scope(), record.slotHash());
        return entry == null ? Merged.ACCEPTED : entry.judge(record);
    }

    public Merged merge(SignedRecord record) {
        var shelf = shelves.computeIfAbsent(record.scope(), _ -> new Shelf());
        var entry = shelf.entry(record.slotHash());
        if (entry == null) {
            shelf.put(Entry.of(record));
            return Merged.ACCEPTED;
        }
        var merged = entry.judge(record);
        switch (merged) {
            case ACCEPTED -> shelf.put(Entry.of(record));
            case EQUIVOCATION -> shelf.put(entry.with(record));
            case ALREADY_KNOWN, SUPERSEDED -> {}
        }
        return merged;
    }

    public RecordSet copy() {
        var copy = new RecordSet();
        shelves.forEach((scope, shelf) -> copy.shelves.put(scope, shelf.copy()));
        return copy;
    }

    /** Everything held, in the order of slots; a proof of equivocation is two records. */
    public List<SignedRecord> records() {
        return shelves.keySet().stream().flatMap(scope -> records(scope).stream()).toList();
    }

    /** As {@link #records}, of one scope. */
    public List<SignedRecord> records(Scope scope) {
        return entries(scope).stream()
                .flatMap(entry -> entry.records().stream())
                .sorted(BY_SLOT)
                .toList();
    }

    /** What is held of a slot: nothing, a record, or the two of a proof of equivocation. */
    public List<SignedRecord> records(Slot slot) {
        return records(slot.scope(), Sha256.of(slot));
    }

    /** What may be believed, in the order of slots: no equivocation, no type unknown here. */
    public List<Statement> statements() {
        return shelves.keySet().stream().flatMap(this::statements).toList();
    }

    /** The slots whose writers equivocate. */
    public SortedSet<Slot> equivocations() {
        var slots = new TreeSet<Slot>();
        entries().filter(Entry::isEquivocation).forEach(entry -> slots.add(entry.highest().slot()));
        return slots;
    }

    /** The scopes of which something is held. */
    public SortedSet<Scope> scopes() {
        return new TreeSet<>(shelves.keySet());
    }

    /** A digest over all that is held of a scope: equal digests, equal records. */
    public Bytes digest(Scope scope) {
        var shelf = shelves.get(scope);
        return shelf == null ? EMPTY_DIGEST : shelf.digest();
    }

    /** The number of records held. */
    public int size() {
        return shelves.values().stream().mapToInt(Shelf::size).sum();
    }

    /** The sizes of the records held, summed. */
    public long bytes() {
        return shelves.values().stream().mapToLong(Shelf::bytes).sum();
    }

    /** Forgets a record, and nothing that outweighs it; true if it was held. */
    public boolean remove(SignedRecord record) {
        var shelf = shelves.get(record.scope());
        if (shelf == null || !shelf.remove(record)) {
            return false;
        }
        if (shelf.size() == 0) {
            shelves.remove(record.scope());
        }
        return true;
    }

    /** Equal when the same records are held. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RecordSet that && shelves.equals(that.shelves);
    }

    @Override
    public int hashCode() {
        return shelves.hashCode();
    }

    @Override
    public String toString() {
        return records().toString();
    }

    /** The entries of a scope, by slot hash. */
    Collection<Entry> entries(Scope scope) {
        var shelf = shelves.get(scope);
        return shelf == null ? List.of() : shelf.entries();
    }

    /** The entries of a scope whose slot hashes lie in the range; null leaves a side open. */
    List<Entry> entries(Scope scope, @Nullable Bytes after, @Nullable Bytes upTo) {
        var within = new ArrayList<Entry>();
        for (var entry : entries(scope)) {
            boolean above = after == null || entry.slotHash().compareTo(after) > 0;
            if (above && (upTo == null || entry.slotHash().compareTo(upTo) <= 0)) {
                within.add(entry);
            }
        }
        return within;
    }

    @Nullable Entry entry(Scope scope, Bytes slotHash) {
        var shelf = shelves.get(scope);
        return shelf == null ? null : shelf.entry(slotHash);
    }

    List<SignedRecord> records(Scope scope, Bytes slotHash) {
        var entry = entry(scope, slotHash);
        return entry == null ? List.of() : entry.records();
    }

    private Stream<Statement> statements(Scope scope) {
        return entries(scope).stream()
                .filter(entry -> !entry.isEquivocation())
                .map(Entry::highest)
                .sorted(BY_SLOT)
                .flatMap(record -> record.statement().stream());
    }

    private Stream<Entry> entries() {
        return shelves.values().stream().flatMap(shelf -> shelf.entries().stream());
    }
}
