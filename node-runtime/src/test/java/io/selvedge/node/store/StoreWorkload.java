// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static io.selvedge.node.store.CheapRecords.record;
import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What a node does to its records in some of its lives, drawn from a seed, and what it may expect
 * to find: all that it was told is on disk, but for the one call that was broken off, of which any
 * first part may be there.
 */
final class StoreWorkload {
    private static final int SUBJECTS = 5;

    private final MemoryDisk disk;
    private final SplittableRandom random;
    private final long floor;

    /** What may be held, oldest first; a call that was broken off leaves more than one. */
    private List<RecordSet> possible = List.of(new RecordSet());

    private int failures;

    StoreWorkload(MemoryDisk disk, long seed, long floor) {
        this.disk = disk;
        this.random = new SplittableRandom(seed);
        this.floor = floor;
    }

    /** The calls so far that failed and left the file in use. */
    int failures() {
        return failures;
    }

    RecordFile open() throws IOException {
        return RecordFile.open(disk, new SplittableRandom(1), CheapRecords::isSigned, floor);
    }

    /** Opens the file, does some calls, and closes it. */
    void live(int calls) throws IOException {
        try (var file = open()) {
            for (int call = 0; call < calls; call++) {
                if (random.nextInt(4) == 0) {
                    drop(file);
                } else {
                    append(file);
                }
                assertThat(held(file)).isEqualTo(possible.getFirst());
            }
        }
    }

    /** Opens the file, and finds what may be there; from then on that is what is held. */
    void recover() throws IOException {
        try (var file = open()) {
            var held = held(file);
            assertThat(possible).contains(held);
            assertThat(file.load().found().unproven()).isFalse();
            possible = List.of(held);
        }
    }

    private static RecordSet held(RecordFile file) {
        return new RecordSet(file.load().records());
    }

    private void append(RecordFile file) throws IOException {
        var records =
                IntStream.rangeClosed(0, random.nextInt(3))
                        .mapToObj(_ ->
                                record(
                                        random.nextInt(SUBJECTS),
                                        random.nextInt(1, 30),
                                        random.nextInt(500, 502)))
                        .toList();
        var steps = new ArrayList<RecordSet>();
        steps.add(possible.getFirst());
        for (var record : records) {
            var next = steps.getLast().copy();
            next.merge(record);
            steps.add(next);
        }
        during(steps, () -> file.append(records));
    }

    private void drop(RecordFile file) throws IOException {
        var records = new ArrayList<SignedRecord>(possible.getFirst().records());
        records.removeIf(_ -> random.nextInt(3) > 0);
        var steps = new ArrayList<RecordSet>();
        steps.add(possible.getFirst());
        for (var record : records) {
            var next = steps.getLast().copy();
            next.remove(record);
            steps.add(next);
        }
        during(steps, () -> file.drop(records));
    }

    private interface Call {
        void run() throws IOException;
    }

    /** Before the call ends, any of the steps may be what a crash leaves; after, the last. */
    private void during(List<RecordSet> steps, Call call) {
        possible = steps;
        try {
            call.run();
            possible = List.of(steps.getLast());
        } catch (IOException refused) {
            failures++;
            possible = steps;
        }
    }

    /** The hashes of what may be held. */
    Set<Bytes> mayHold() {
        var hashes = new HashSet<Bytes>();
        possible.forEach(set -> set.records().forEach(record -> hashes.add(record.hash())));
        return hashes;
    }
}
