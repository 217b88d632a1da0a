// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.node.store.Scan.Found;
import io.selvedge.node.store.StoreFile.Part;
import io.selvedge.wire.MalformedRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a store say when it is opened. Reads only. Trusts a frame by its seal; when
 * there is no key, or no frame at all was sealed by it, a record by its signature.
 */
final class StoreReading {
    private final Disk disk;
    private final @Nullable StoreKey key;
    private final Predicate<SignedRecord> verifier;
    private final long generation;
    private final RecordIndex index = new RecordIndex();
    private final Map<Bytes, SignedRecord> bodies = new HashMap<>();
    private final TreeSet<String> damaged = new TreeSet<>();
    private final TreeSet<String> outdated = new TreeSet<>();
    private boolean unproven;
    private boolean migrated;
    private long snapshotEnd;
    private long logEnd;
    private long torn;

    private StoreReading(
            Disk disk, @Nullable StoreKey key, Predicate<SignedRecord> verifier, long generation) {
        this.disk = disk;
        this.key = key;
        this.verifier = verifier;
        this.generation = generation;
    }

    static StoreReading of(Disk disk, @Nullable StoreKey key, Predicate<SignedRecord> verifier)
            throws IOException {
        long generation = generation(disk);
        var reading = new StoreReading(disk, key, verifier, generation);
        if (generation > 0) {
            reading.readFiles();
        }
        reading.readOldLog();
        reading.findOutdated();
        return reading;
    }

    /** The generation that counts; 0 when the store begins now. */
    static long generation(Disk disk) throws IOException {
        return disk.list().stream()
                .flatMap(name -> StoreFile.parse(name).stream())
                .mapToLong(StoreFile::generation)
                .max()
                .orElse(0);
    }

    /** The one that was read. */
    long generation() {
        return generation;
    }

    RecordIndex index() {
        return index;
    }

    /** The bytes of a record that was read. */
    @Nullable Bytes body(Bytes hash) {
        var record = bodies.get(hash);
        return record == null ? null : record.bytes();
    }

    /** All records, in the order in which they came. */
    List<SignedRecord> records() {
        return index.held().stream()
                .flatMap(held -> Stream.ofNullable(bodies.get(held.hash())))
                .toList();
    }

    /** The files in which more than the end of the log is broken. */
    Set<String> damaged() {
        return damaged;
    }

    /** Files that no longer count. */
    Set<String> outdated() {
        return outdated;
    }

    /** Whether signatures were verified, because seals could not be. */
    boolean isUnproven() {
        return unproven;
    }

    /** Whether there are records that lie in no file of the generation. */
    boolean isMigrated() {
        return migrated;
    }

    long snapshotEnd() {
        return snapshotEnd;
    }

    long logEnd() {
        return logEnd;
    }

    /** What lies behind the last good frame of the log. */
    long torn() {
        return torn;
    }

    private void readFiles() throws IOException {
        var snapshotFile = new StoreFile(Part.SNAPSHOT, generation);
        var logFile = new StoreFile(Part.LOG, generation);
        byte[] snapshotBytes = content(snapshotFile);
        byte[] logBytes = content(logFile);
        var snapshot = Scan.of(snapshotFile, snapshotBytes, this::isSealed);
        var log = Scan.of(logFile, logBytes, this::isSealed);
        if (snapshot.good().isEmpty() && log.good().isEmpty()) {
            unproven = true;
            snapshot = Scan.of(snapshotFile, snapshotBytes, this::isSigned);
            log = Scan.of(logFile, logBytes, this::isSigned);
        }
        merge(snapshot);
        merge(log);
        if (!isWhole(snapshot, snapshotBytes.length)) {
            damaged.add(snapshotFile.name());
        }
        if (log.broken() > 0) {
            damaged.add(logFile.name());
        }
        snapshotEnd = snapshot.end();
        logEnd = log.end();
        torn = (long) logBytes.length - log.end();
    }

    private byte[] content(StoreFile file) throws IOException {
        try {
            return disk.read(file.name());
        } catch (NoSuchFileException absent) {
            return new byte[0];
        }
    }

    private boolean isSealed(Found found, byte[] content) {
        return key != null && key.proves(found.place(), content, (int) found.place().at());
    }

    private boolean isSigned(Found found, byte[] content) {
        return switch (found.frame().kind()) {
            case RECORD -> {
                try {
                    yield verifier.test(SignedRecord.parse(found.frame().body()));
                } catch (MalformedRecord neverSigned) {
                    yield false;
                }
            }
            case DROP -> found.frame().body().size() == 32;
            case END -> found.frame().body().size() == Long.BYTES;
        };
    }

    private void merge(Scan scan) throws IOException {
        for (var found : scan.good()) {
            switch (found.frame().kind()) {
                case RECORD -> merge(parse(found), found.place());
                case DROP -> drop(found.frame().body());
                case END -> {}
            }
        }
    }

    private void merge(SignedRecord record, Place place) {
        index.merge(record, place);
        bodies.put(record.hash(), record);
    }

    /** Nobody can prove a drop that is not sealed. */
    private void drop(Bytes hash) {
        if (!unproven) {
            index.remove(hash);
        }
    }

    private static SignedRecord parse(Found found) throws IOException {
        try {
            return SignedRecord.parse(found.frame().body());
        } catch (MalformedRecord notOfThisVersion) {
            throw new IOException(
                    "%s holds a record that this version cannot read; go back to the version"
                                    .formatted(found.place().file().name())
                            + " that wrote it, or move the file away",
                    notOfThisVersion);
        }
    }

    private static boolean isWhole(Scan snapshot, int length) {
        if (snapshot.good().isEmpty() || snapshot.end() < length || snapshot.broken() > 0) {
            return false;
        }
        var last = snapshot.good().getLast().frame();
        return last.kind() == Frame.Kind.END
                && ByteBuffer.wrap(last.body().toArray()).getLong() == snapshot.good().size() - 1;
    }

    private void readOldLog() throws IOException {
        if (!disk.list().contains(OldLog.NAME)) {
            return;
        }
        migrated = true;
        for (var record : OldLog.records(disk.read(OldLog.NAME))) {
            if (verifier.test(record)) {
                var nowhere = new Place(new StoreFile(Part.LOG, 0), 0, record.bytes().size());
                merge(record, nowhere);
            }
        }
    }

    private void findOutdated() throws IOException {
        for (var name : disk.list()) {
            boolean older =
                    StoreFile.parse(name)
                            .filter(file -> file.generation() < generation)
                            .isPresent();
            if (older) {
                outdated.add(name);
            }
        }
    }
}
