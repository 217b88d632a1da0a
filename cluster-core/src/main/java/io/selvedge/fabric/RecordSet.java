// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Slot;
import io.selvedge.model.Version;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The records that a node holds, merged: an index on the heap over bodies that rest on disk.
 * Merging is a join: whatever the order and however often, the same records give the same set. Of a
 * slot the highest version is held; of different records with that same version the two with the
 * highest hashes, the proof that their writer <em>equivocates</em>. The proof is made of records
 * and so spreads as they do; the slot counts as absent for whoever believes, until a higher version
 * arrives.
 *
 * <p>A body stays on the heap until {@link #settle}. Verifies nothing: that comes before. Owned by
 * one thread; {@link #copy} for another.
 */
public final class RecordSet {
    /** The digest of a scope of which nothing is held. */
    public static final Bytes EMPTY_DIGEST = Sha256.shortened(Sha256.digest());

    /** The order of slots, within one scope. */
    private static final Comparator<SignedRecord> BY_SLOT =
            Comparator.comparing((SignedRecord record) -> record.header().type())
                    .thenComparing(record -> record.header().subject())
                    .thenComparing(record -> record.header().writer())
                    .thenComparing(SignedRecord::hash);

    private final @Nullable RecordBodies bodies;
    private final Shelves shelves;
    private final Map<RecordKey, Share> writers = new HashMap<>();
    private Map<Bytes, SignedRecord> unsettled = new HashMap<>();
    private final Losses losses;
    private final Map<Bytes, Scope> unreadable = new HashMap<>();
    private long revision;
    private int size;
    private long bytes;

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

    /** What is held of one writer. */
    public record Share(RecordKey writer, int records, long bytes) {
        private Share plus(Card card, int sign) {
            return new Share(writer, records + sign, bytes + sign * (long) card.size());
        }
    }

    /** An empty set whose bodies never leave the heap. */
    public RecordSet() {
        this.bodies = null;
        this.shelves = new Shelves();
        this.losses = new Losses();
    }

    /** An empty set. */
    public RecordSet(RecordBodies bodies) {
        this.bodies = bodies;
        this.shelves = new Shelves();
        this.losses = new Losses();
    }

    /** As {@link #RecordSet()}, with these records. */
    public RecordSet(Collection<SignedRecord> records) {
        this();
        records.forEach(this::merge);
    }

    private RecordSet(RecordSet other) {
        bodies = other.bodies;
        shelves = other.shelves.copy();
        losses = other.losses.copy();
        unreadable.putAll(other.unreadable);
        writers.putAll(other.writers);
        unsettled.putAll(other.unsettled);
        size = other.size;
        bytes = other.bytes;
    }

    /** What {@link #merge} would answer. Changes nothing. */
    public Merged judge(SignedRecord record) {
        return judge(entry(record.scope(), record.slotHash()), record);
    }

    private Merged judge(@Nullable Entry entry, SignedRecord record) {
        if (losses.outweigh(record)) {
            return Merged.SUPERSEDED;
        }
        return entry == null ? Merged.ACCEPTED : entry.judge(Card.of(record));
    }

    public Merged merge(SignedRecord record) {
        var card = Card.of(record);
        var entry = entry(record.scope(), record.slotHash());
        var merged = judge(entry, record);
        switch (merged) {
            case ACCEPTED -> replace(entry, Entry.of(card), record);
            case EQUIVOCATION -> {
                var held = Objects.requireNonNull(entry);
                replace(held, held.with(card), record);
            }
            case ALREADY_KNOWN, SUPERSEDED -> {}
        }
        return merged;
    }

    /**
     * Says that all that is held rests where {@link RecordBodies} reads: bodies leave the heap.
     * Does nothing to a set that was given none.
     */
    public void settle() {
        if (bodies != null && !unsettled.isEmpty()) {
            unsettled = new HashMap<>();
        }
    }

    public RecordSet copy() {
        return new RecordSet(this);
    }

    /** Everything held, in the order of slots; a proof of equivocation is two records. */
    public List<SignedRecord> records() {
        return scopes().stream().flatMap(scope -> records(scope).stream()).toList();
    }

    /** As {@link #records}, of one scope. */
    public List<SignedRecord> records(Scope scope) {
        return read(scope, _ -> true).toList();
    }

    /** As {@link #records(Scope)}, of the types that may die. Reads no other bodies. */
    Stream<SignedRecord> mortals(Scope scope) {
        return read(scope, card -> !Deaths.areImmortal(new RecordType(card.type())));
    }

    /** What is held of a slot: nothing, a record, or the two of a proof of equivocation. */
    public List<SignedRecord> records(Slot slot) {
        return records(slot.scope(), Sha256.of(slot));
    }

    /** As {@link #records}, of one writer. Reads no other's bodies. */
    public List<SignedRecord> recordsOf(RecordKey writer) {
        if (!writers.containsKey(writer)) {
            return List.of();
        }
        return scopes().stream()
                .flatMap(scope -> read(scope, card -> card.writer().equals(writer)))
                .toList();
    }

    /** The highest version that is held of a writer, or null. Reads no bodies. */
    public @Nullable Version highestOf(RecordKey writer) {
        if (!writers.containsKey(writer)) {
            return null;
        }
        return shelves.all().stream()
                .flatMap(shelf -> shelf.cards().stream())
                .filter(card -> card.writer().equals(writer))
                .map(Card::version)
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    /** How much is held of each writer of whom something is. A view. */
    public Collection<Share> shares() {
        return Collections.unmodifiableCollection(writers.values());
    }

    public Share share(RecordKey writer) {
        return writers.getOrDefault(writer, new Share(writer, 0, 0));
    }

    /** What may be believed, in the order of slots: no equivocation, no type unknown here. */
    public List<Statement> statements() {
        return scopes().stream().flatMap(scope -> statements(scope).stream()).toList();
    }

    /** As {@link #statements()}, of one scope. */
    public List<Statement> statements(Scope scope) {
        return entries(scope, null, null).stream()
                .filter(entry -> !entry.isEquivocation() || isRevocation(entry))
                .flatMap(entry -> entry.cards().stream())
                .flatMap(card -> body(scope, card).stream())
                .sorted(BY_SLOT)
                .flatMap(record -> Revocations.statement(record).stream())
                .toList();
    }

    /** Revoking one key and another at once revokes both. */
    private static boolean isRevocation(Entry entry) {
        return entry.highest().type() == RecordType.REVOCATION.number();
    }

    /** The slots whose writers equivocate. */
    public SortedSet<Slot> equivocations() {
        var slots = new TreeSet<Slot>();
        for (var shelf : shelves.all()) {
            shelf.entries(null, null).stream()
                    .filter(Entry::isEquivocation)
                    .flatMap(entry -> body(shelf.scope(), entry.highest()).stream())
                    .forEach(record -> slots.add(record.slot()));
        }
        return slots;
    }

    /** The scopes of which something is held. */
    public SortedSet<Scope> scopes() {
        return shelves.scopes();
    }

    /** A digest over all that is held of a scope: equal digests, equal records. */
    public Bytes digest(Scope scope) {
        var shelf = shelves.get(scope);
        return shelf == null ? EMPTY_DIGEST : shelf.digest();
    }

    /** The number of records held. */
    public int size() {
        return size;
    }

    /** The sizes of the records held, summed. */
    public long bytes() {
        return bytes;
    }

    /** Grows whenever other records are held than before. */
    public long revision() {
        return revision;
    }

    /** Forgets a record, and nothing that outweighs it; true if it was held. */
    public boolean remove(SignedRecord record) {
        var entry = entry(record.scope(), record.slotHash());
        if (entry == null || entry.cards().stream().noneMatch(card -> card.isOf(record))) {
            return false;
        }
        replace(entry, entry.without(Card.of(record)), record);
        return true;
    }

    /**
     * Forgets the slots of which something could not be read since the last call, as if never held,
     * but for what {@link #losses} tells: whoever holds them is asked for them again.
     *
     * @return the scopes of these slots
     */
    Set<Scope> dropUnreadable() {
        if (unreadable.isEmpty()) {
            return Set.of();
        }
        var lost = Map.copyOf(unreadable);
        unreadable.clear();
        var scopes = new TreeSet<Scope>();
        lost.forEach((slotHash, scope) -> {
            var shelf = shelves.get(scope);
            var entry = shelf == null ? null : shelf.entry(slotHash);
            if (shelf != null && entry != null) {
                entry.cards().forEach(card -> forget(shelf, card));
                scopes.add(scope);
                closeIfEmpty(shelf);
                revision++;
            }
        });
        return scopes;
    }

    /** The versions of what rotted in a scope and was not made good since, by slot hash. */
    Map<Bytes, Version> losses(Scope scope) {
        return losses.of(scope);
    }

    /** Forgets also what was lost in these scopes. */
    void forgetLosses(Predicate<Scope> scopes) {
        losses.forget(scopes);
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

    /** What is held of each scope, in the order of the scopes' hashes. */
    List<Shelf> shelves() {
        return shelves.all();
    }

    /** What is held of the scope with this hash. */
    @Nullable Shelf shelf(long hash) {
        return shelves.get(hash);
    }

    @Nullable Shelf shelf(Scope scope) {
        return shelves.get(scope);
    }

    /** The entries of a scope whose slot hashes lie in the range; null leaves a side open. */
    List<Entry> entries(Scope scope, @Nullable Bytes after, @Nullable Bytes upTo) {
        var shelf = shelves.get(scope);
        return shelf == null ? List.of() : shelf.entries(after, upTo);
    }

    @Nullable Entry entry(Scope scope, Bytes slotHash) {
        var shelf = shelves.get(scope);
        return shelf == null ? null : shelf.entry(slotHash);
    }

    List<SignedRecord> records(Scope scope, Bytes slotHash) {
        var entry = entry(scope, slotHash);
        return entry == null
                ? List.of()
                : entry.cards().stream().flatMap(card -> body(scope, card).stream()).toList();
    }

    private Stream<SignedRecord> read(Scope scope, Predicate<Card> wanted) {
        var shelf = shelves.get(scope);
        return shelf == null
                ? Stream.of()
                : shelf.cards().stream()
                        .filter(wanted)
                        .flatMap(card -> body(scope, card).stream())
                        .sorted(BY_SLOT);
    }

    private List<SignedRecord> body(Scope scope, Card card) {
        var record = unsettled.get(card.hash());
        if (record == null && bodies != null) {
            record = bodies.read(card.hash());
        }
        if (record == null) {
            losses.add(scope, card);
            unreadable.put(card.slotHash(), scope);
            return List.of();
        }
        return List.of(record);
    }

    private void replace(@Nullable Entry before, @Nullable Entry after, SignedRecord record) {
        List<Card> gone = before == null ? List.of() : before.cards();
        List<Card> come = after == null ? List.of() : after.cards();
        var shelf = shelves.open(record.scope());
        gone.stream().filter(card -> !come.contains(card)).forEach(card -> forget(shelf, card));
        for (var card : come) {
            if (!gone.contains(card)) {
                var share = share(card.writer());
                shelf.add(card.sharing(share.writer()));
                writers.put(share.writer(), share.plus(card, 1));
                unsettled.put(card.hash(), record);
                size++;
                bytes += card.size();
            }
        }
        losses.madeGood(record.scope(), record.slotHash());
        unreadable.remove(record.slotHash());
        closeIfEmpty(shelf);
        revision++;
    }

    private void closeIfEmpty(Shelf shelf) {
        if (shelf.size() == 0) {
            shelves.close(shelf);
        }
    }

    private void forget(Shelf shelf, Card card) {
        shelf.remove(card);
        unsettled.remove(card.hash());
        var share = share(card.writer()).plus(card, -1);
        if (share.records() == 0) {
            writers.remove(share.writer());
        } else {
            writers.put(share.writer(), share);
        }
        size--;
        bytes -= card.size();
    }
}
