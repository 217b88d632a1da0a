// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Version;
import io.selvedge.sim.machine.Fuse;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What a node has on its disk. */
final class NodeStore {
    private final Set<SignedRecord> records = new LinkedHashSet<>();
    private final Fuse fuse;
    private Version reserved = new Version(1, 0);
    private long room = Long.MAX_VALUE;

    NodeStore(Fuse fuse) {
        this.fuse = fuse;
    }

    void holdAtMost(long more) {
        room = more;
    }

    /** The process ended; with the power, what was not forced may be gone. */
    void close(boolean powerLost, SplittableRandom random) {}

    RecordSet open() throws IOException {
        return new RecordSet(List.copyOf(records));
    }

    Version reserved() {
        return reserved;
    }

    void reserve(Version upTo) throws IOException {
        fuse.step();
        if (room <= 0) {
            throw new IOException("disk full");
        }
        reserved = upTo;
    }

    void append(List<SignedRecord> added) throws IOException {
        fuse.step();
        long bytes = added.stream().mapToLong(SignedRecord::size).sum();
        if (bytes > room) {
            throw new IOException("disk full");
        }
        if (room != Long.MAX_VALUE) {
            room -= bytes;
        }
        records.addAll(added);
        fuse.step();
    }

    void drop(List<SignedRecord> dropped) throws IOException {
        fuse.step();
        dropped.forEach(records::remove);
    }
}
