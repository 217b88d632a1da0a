// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.fabric.RecordSet.Merged;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Version;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which records rest where: what a {@link io.selvedge.fabric.RecordSet} would hold of them, without
 * their bodies.
 */
final class RecordIndex {
    private final LinkedHashMap<Bytes, Held> byHash = new LinkedHashMap<>();
    private final HashMap<Bytes, List<Held>> bySlot = new HashMap<>();
    private long bytes;

    /** A record that rests: what merging needs of it, and its place. */
    record Held(Bytes hash, Bytes slot, Version version, Place place) {}

    /** What would become of a record, as {@link io.selvedge.fabric.RecordSet#judge} says. */
    Merged judge(SignedRecord record) {
        var rivals = bySlot.getOrDefault(record.slotHash(), List.of());
        if (rivals.isEmpty()) {
            return Merged.ACCEPTED;
        }
        int newer = record.version().compareTo(rivals.getFirst().version());
        if (newer != 0) {
            return newer > 0 ? Merged.ACCEPTED : Merged.SUPERSEDED;
        }
        if (byHash.containsKey(record.hash())) {
            return Merged.ALREADY_KNOWN;
        }
        boolean outweighed =
                rivals.size() > 1 && record.hash().compareTo(rivals.getLast().hash()) < 0;
        return outweighed ? Merged.SUPERSEDED : Merged.EQUIVOCATION;
    }

    /** Holds a record that outweighs what is held, and no longer what it outweighs. */
    void merge(SignedRecord record, Place place) {
        var held = new Held(record.hash(), record.slotHash(), record.version(), place);
        var rivals = bySlot.getOrDefault(held.slot(), List.of());
        switch (judge(record)) {
            case ACCEPTED -> put(held.slot(), rivals, List.of(held));
            case EQUIVOCATION -> put(held.slot(), rivals, twoHighest(rivals, held));
            case ALREADY_KNOWN, SUPERSEDED -> {}
        }
    }

    void remove(Bytes hash) {
        var held = byHash.get(hash);
        if (held != null) {
            var rivals = bySlot.getOrDefault(held.slot(), List.of());
            put(
                    held.slot(),
                    rivals,
                    rivals.stream().filter(rival -> !rival.hash().equals(hash)).toList());
        }
    }

    @Nullable Place place(Bytes hash) {
        var held = byHash.get(hash);
        return held == null ? null : held.place();
    }

    /** What is held, in the order in which it came. */
    Collection<Held> held() {
        return Collections.unmodifiableCollection(byHash.values());
    }

    /** The sizes of the frames of what is held, summed. */
    long bytes() {
        return bytes;
    }

    /** Holds only what has a place here, at that place. */
    void move(Map<Bytes, Place> places) {
        var moved = List.copyOf(byHash.values());
        byHash.clear();
        bySlot.clear();
        bytes = 0;
        for (var held : moved) {
            var place = places.get(held.hash());
            if (place != null) {
                var here = new Held(held.hash(), held.slot(), held.version(), place);
                var rivals = bySlot.getOrDefault(held.slot(), List.of());
                put(held.slot(), rivals, twoHighest(rivals, here));
            }
        }
    }

    private void put(Bytes slot, List<Held> before, List<Held> after) {
        for (var held : before) {
            byHash.remove(held.hash());
            bytes -= held.place().size();
        }
        for (var held : after) {
            byHash.put(held.hash(), held);
            bytes += held.place().size();
        }
        if (after.isEmpty()) {
            bySlot.remove(slot);
        } else {
            bySlot.put(slot, after);
        }
    }

    private static List<Held> twoHighest(List<Held> rivals, Held held) {
        return Stream.concat(rivals.stream(), Stream.of(held))
                .sorted(Comparator.comparing(Held::hash).reversed())
                .limit(2)
                .toList();
    }
}
