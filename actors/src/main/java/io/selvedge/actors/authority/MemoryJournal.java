// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Slot;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An {@link AuthorityJournal} that forgets with its process, and fails when told to. */
public final class MemoryJournal implements AuthorityJournal {
    private final List<Entry> entries = new ArrayList<>();
    private final TreeMap<Slot, SignedRecord> published = new TreeMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private AuthorityState state = new AuthorityState.Unborn();

    /** A journal that starts from these entries, as after a restart. */
    public static MemoryJournal of(List<Entry> entries) {
        var journal = new MemoryJournal();
        journal.add(entries);
        return journal;
    }

    /** Makes this many appends fail from now on. */
    public void failNext(int appends) {
        failures.set(appends);
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public AuthorityState state() {
        return state;
    }

    @Override
    public List<SignedRecord> published() {
        return List.copyOf(published.values());
    }

    @Override
    public void append(List<Entry> added) throws IOException {
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IOException("told to fail");
        }
        add(added);
    }

    private void add(List<Entry> added) {
        state = state.evolve(added.stream().map(Entry::event).toList());
        entries.addAll(added);
        for (var entry : added) {
            var record = entry.record();
            if (record != null) {
                published.put(record.slot(), record);
            }
        }
    }
}
