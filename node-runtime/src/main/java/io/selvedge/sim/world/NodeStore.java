// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Version;
import io.selvedge.node.store.MemoryDisk;
import io.selvedge.node.store.RecordFile;
import io.selvedge.node.store.SequenceFile;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What a node has on its disk, in the files that ship. */
final class NodeStore {
    private static final String SEQUENCE = "sequence";

    private MemoryDisk disk = new MemoryDisk();
    private MemoryDisk sequenceDisk = new MemoryDisk();
    private @Nullable RecordFile file;
    private @Nullable SequenceFile versions;

    /** The disk is full after so many bytes more. */
    void holdAtMost(long more) {
        boolean full = more != Long.MAX_VALUE;
        disk.holdAtMost(full ? disk.size() + more : more);
        sequenceDisk.holdAtMost(full ? sequenceDisk.size() + more : more);
    }

    /** The process ends before one of its next operations on the disk. */
    void endAfter(int operations) {
        disk.cutPowerAfter(operations);
    }

    void endNoMore() {
        disk.keepPower();
    }

    /** The process ended; with the power, what was not forced may be gone. */
    void close(boolean powerLost, RandomGenerator random) {
        file = null;
        versions = null;
        if (powerLost) {
            disk.losePower(random);
            sequenceDisk.losePower(random);
        } else {
            disk.restart();
            sequenceDisk.restart();
        }
    }

    /** What it holds of records is gone. Of no process that runs. */
    void loseRecords() {
        disk = new MemoryDisk();
    }

    /** Which versions were reserved is gone. Of no process that runs. */
    void loseReservations() {
        sequenceDisk = new MemoryDisk();
    }

    /** Turns over bits of the files that hold records. */
    void rot(int bits, RandomGenerator random) throws IOException {
        for (int i = 0; i < bits; i++) {
            var names = List.copyOf(disk.list());
            if (!names.isEmpty()) {
                var name = names.get(random.nextInt(names.size()));
                long size = 8L * disk.read(name).length;
                if (size > 0) {
                    disk.flip(name, random.nextLong(size));
                }
            }
        }
    }

    RecordSet open(RandomGenerator random, Predicate<SignedRecord> verifier) throws IOException {
        if (file != null) {
            file.close();
            file = null;
        }
        var opened = RecordFile.open(disk, random, verifier);
        file = opened;
        versions = SequenceFile.open(sequenceDisk, SEQUENCE);
        var held = new RecordSet(opened);
        opened.load().records().forEach(held::merge);
        held.settle();
        return held;
    }

    Version reserved() throws IOException {
        return sequence().reserved();
    }

    void reserve(Version upTo) throws IOException {
        sequence().reserve(upTo);
    }

    void append(List<SignedRecord> added) throws IOException {
        records().append(added);
    }

    void drop(List<SignedRecord> dropped) throws IOException {
        records().drop(dropped);
    }

    private RecordFile records() throws IOException {
        if (file == null) {
            throw new IOException("the store is not open");
        }
        return file;
    }

    private SequenceFile sequence() throws IOException {
        if (versions == null) {
            throw new IOException("the store is not open");
        }
        return versions;
    }
}
