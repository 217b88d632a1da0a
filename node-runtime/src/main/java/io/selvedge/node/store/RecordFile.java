// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.fabric.RecordBodies;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.wire.MalformedRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a node, on disk: a snapshot, and a log that is made part of the next snapshot when
 * most of both is outdated. Each record is sealed with a key of this node, so whoever starts from
 * here verifies no signatures. The heap holds where the records lie, not the records.
 *
 * <p>What was appended survives any crash. What a crash tore is cut off when the file is opened;
 * what rotted is left out, and for gossip to fetch again. After an {@link IOException} nothing of
 * that call counts, and the file can be used on. Owned by one thread, whose calls block on the
 * disk; another process that opens the same folder is refused.
 */
public final class RecordFile implements RecordBodies, AutoCloseable {
    /** Below this size, in bytes, nothing is written anew. */
    private static final long FLOOR = 256 * 1024;

    private static final int PEEKS_MAX = 5;

    private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);

    private final Disk disk;
    private final StoreFiles files;
    private final RecordIndex index;
    private final Found found;
    private final long floor;
    private long rewriteAbove;

    /**
     * What became of the files when they were opened.
     *
     * @param tornBytes what a crash tore, cut off behind the last good record
     * @param damaged whether more than that was broken: records may be missing
     * @param unproven whether all signatures were verified, since the key of the seals was lost
     * @param keptAside the names of copies of the broken files as they were found
     */
    public record Found(
            long tornBytes, boolean damaged, boolean unproven, SortedSet<String> keptAside) {
        public Found {
            keptAside = new TreeSet<>(keptAside);
        }
    }

    /** The records of a file, and what became of it when it was opened. */
    public record Loaded(List<SignedRecord> records, Found found) {
        public Loaded {
            records = List.copyOf(records);
        }
    }

    private RecordFile(Disk disk, StoreFiles files, RecordIndex index, Found found, long floor) {
        this.disk = disk;
        this.files = files;
        this.index = index;
        this.found = found;
        this.floor = floor;
        this.rewriteAbove = floor;
    }

    /** Opens the records in a folder, which is made when it is absent. */
    public static RecordFile open(
            Path folder, RandomGenerator random, Predicate<SignedRecord> verifier)
            throws IOException {
        return open(FolderDisk.at(folder), random, verifier);
    }

    /**
     * Opens the records on a disk, which is this file's until {@link #close}.
     *
     * @param random makes the key of the seals, at the first start or when it is lost
     * @param verifier asked about records that no seal proves
     */
    public static RecordFile open(
            Disk disk, RandomGenerator random, Predicate<SignedRecord> verifier)
            throws IOException {
        return open(disk, random, verifier, FLOOR);
    }

    static RecordFile open(
            Disk disk, RandomGenerator random, Predicate<SignedRecord> verifier, long floor)
            throws IOException {
        disk.lock();
        try {
            var known = StoreKey.read(disk);
            var reading = StoreReading.of(disk, known, verifier);
            var key = known == null ? StoreKey.mint(disk, random) : known;
            return new StoreRepair(disk, key, reading).open(floor);
        } catch (IOException | RuntimeException notOpened) {
            disk.close();
            throw notOpened;
        }
    }

    /**
     * Reads the records of a folder and changes nothing, also while its node runs.
     *
     * @throws IOException also when the node writes its files anew each time they are read
     */
    public static List<SignedRecord> peek(Path folder, Predicate<SignedRecord> verifier)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException(folder + " holds no records: name the data-dir of a node");
        }
        var disk = FolderDisk.at(folder);
        for (int attempt = 0; attempt < PEEKS_MAX; attempt++) {
            var reading = StoreReading.of(disk, StoreKey.read(disk), verifier);
            if (StoreReading.generation(disk) == reading.generation()) {
                return reading.records();
            }
        }
        throw new IOException(folder + " changes while it is read: try again");
    }

    static RecordFile of(Disk disk, StoreFiles files, RecordIndex index, Found found, long floor) {
        return new RecordFile(disk, files, index, found, floor);
    }

    /** Reads all records, in the order in which they came. They are proven, or verified. */
    public Loaded load() {
        var records = new ArrayList<SignedRecord>();
        for (var held : List.copyOf(index.held())) {
            var record = read(held.hash());
            if (record != null) {
                records.add(record);
            }
        }
        return new Loaded(records, found);
    }

    /**
     * As {@link RecordBodies}: a record that has rotted since is forgotten, so that it can be
     * appended again.
     *
     * @throws UncheckedIOException when the disk does not answer
     */
    @Override
    public @Nullable SignedRecord read(Bytes hash) {
        try {
            var body = body(hash);
            return body == null ? null : SignedRecord.parse(body);
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (MalformedRecord neverSealed) {
            throw new IllegalStateException("sealed, and cannot be read", neverSealed);
        }
    }

    /** Returns when the records are on disk; none of them need be new. */
    public void append(Collection<SignedRecord> records) throws IOException {
        var fresh =
                records.stream()
                        .filter(record ->
                                switch (index.judge(record)) {
                                    case ACCEPTED, EQUIVOCATION -> true;
                                    case ALREADY_KNOWN, SUPERSEDED -> false;
                                })
                        .distinct()
                        .toList();
        var places =
                say(
                        fresh.stream()
                                .map(record -> new Frame(Frame.Kind.RECORD, record.bytes()))
                                .toList());
        for (int i = 0; i < places.size(); i++) {
            index.merge(fresh.get(i), places.get(i));
        }
        shrink();
    }

    /** As {@link #forget}, of records. */
    public void drop(Collection<SignedRecord> records) throws IOException {
        forget(records.stream().map(SignedRecord::hash).toList());
    }

    /** Returns when the disk says that the records of these hashes are gone; they may be absent. */
    public void forget(Collection<Bytes> hashes) throws IOException {
        var held = hashes.stream().filter(hash -> index.place(hash) != null).distinct().toList();
        say(held.stream().map(hash -> new Frame(Frame.Kind.DROP, hash)).toList());
        held.forEach(index::remove);
        shrink();
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }

    private List<Place> say(List<Frame> frames) throws IOException {
        if (frames.isEmpty()) {
            return List.of();
        }
        if (!files.clear()) {
            rewrite();
        }
        return files.append(frames);
    }

    /** Files that could not be written anew go on growing; they are as good as before. */
    private void shrink() {
        if (files.size() <= Math.max(rewriteAbove, 2 * index.bytes())) {
            return;
        }
        try {
            rewrite();
        } catch (IOException notWritten) {
            rewriteAbove = 2 * files.size();
            LOG.atWarn()
                    .setCause(notWritten)
                    .log("The records could not be written anew; their log goes on growing");
        }
    }

    private void rewrite() throws IOException {
        var held = List.copyOf(index.held());
        index.move(files.rewrite(held, record -> body(record.hash())));
        rewriteAbove = floor;
    }

    private @Nullable Bytes body(Bytes hash) throws IOException {
        var place = index.place(hash);
        if (place == null) {
            return null;
        }
        var body = files.read(place);
        if (body == null) {
            index.remove(hash);
            LOG.atWarn()
                    .addKeyValue("file", place.file().name())
                    .addKeyValue("at", place.at())
                    .log("A record has rotted on disk; gossip has to fetch it again");
        }
        return body;
    }
}
