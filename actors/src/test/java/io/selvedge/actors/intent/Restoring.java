// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.cluster.Directory;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.intent.MemoryAuthority.Journaled;
import io.selvedge.fabric.SignedRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A fabric whose authority lived on after its last backup, and is then restored from that. */
public final class Restoring {
    private final Rehearsal rehearsal;
    private final List<Journaled> backup;
    private final List<SignedRecord> held;
    private final Wish last;

    public Restoring(long seed) {
        var random = new Random(seed);
        rehearsal = new Rehearsal(random);
        rehearsal.fulfil(Wishes.draw(random).wish(), Faults.NONE);
        backup = rehearsal.authority.history();
        rehearsal.fulfil(Wishes.draw(random).wish(), Faults.NONE);
        last = Wishes.draw(random).wish();
        rehearsal.fulfil(last, Faults.NONE);
        held = Rehearsal.records(rehearsal.authority.history());
    }

    public List<Journaled> backup() {
        return backup;
    }

    /** Restores, and asserts that the epoch rises and no slot falls back. */
    public void goOnFrom(List<Journaled> restored) {
        long before = epoch();
        rehearsal.restore(restored);
        rehearsal.find(
                rehearsal.authority.directory().orElseThrow().writers(),
                Published.newest(held),
                Faults.NONE);
        rehearsal.fulfil(last, Faults.NONE);
        assertThat(epoch()).isGreaterThan(before);
        var after = rehearsal.authority.history();
        var more = Rehearsal.records(after.subList(restored.size(), after.size()));
        Published.assertNothingRegresses(held, more);
        var all = new ArrayList<>(held);
        all.addAll(more);
        Published.assertNoTwoShare(Published.alive(all));
    }

    private long epoch() {
        return rehearsal.authority.directory().map(Directory::mandate).orElseThrow().epoch();
    }
}
