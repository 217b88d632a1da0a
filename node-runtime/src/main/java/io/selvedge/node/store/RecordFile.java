// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.wire.MalformedRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of a node, on disk: a log that only grows, written anew when most of it is outdated.
 * What was appended survives any crash; what a crash tore is cut off when the file is opened.
 *
 * <p>Owned by one thread, whose calls block on the disk; another process that opens the same folder
 * is refused. After an {@link IOException} nothing of that append counts; close the file and open
 * it again.
 */
public final class RecordFile implements AutoCloseable {
    static final String NAME = "records.log";
    static final String TEMPORARY = "records.log.new";

    /** Below this size, in bytes, a log is never written anew. */
    private static final long FLOOR = 256 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RecordFile.class);

    private final Path folder;
    private final long floor;
    private final FolderLock lock;
    private final RecordSet live = new RecordSet();
    private final Loaded loaded;
    private FileChannel log;
    private long end;
    private long compactAbove;

    /**
     * What was found when the file was opened.
     *
     * @param records merged, in the order of slots; their signatures were verified before they came
     * @param droppedBytes what was cut off behind the last good record
     * @param keptAside a copy of the file as it was found, when more than its end was broken
     */
    public record Loaded(List<SignedRecord> records, long droppedBytes, @Nullable Path keptAside) {
        public Loaded {
            records = List.copyOf(records);
        }
    }

    private RecordFile(Path folder, long floor, FolderLock lock) throws IOException {
        this.folder = folder;
        this.floor = floor;
        this.compactAbove = floor;
        this.lock = lock;
        Files.deleteIfExists(folder.resolve(TEMPORARY));
        log = channel(folder.resolve(NAME));
        AtomicFile.sync(folder);
        loaded = read();
    }

    /** Opens the records in a folder, which is made when it is absent. */
    public static RecordFile open(Path folder) throws IOException {
        return open(folder, FLOOR);
    }

    static RecordFile open(Path folder, long floor) throws IOException {
        Files.createDirectories(folder);
        var lock = FolderLock.take(folder);
        try {
            return new RecordFile(folder, floor, lock);
        } catch (IOException notOpened) {
            lock.close();
            throw notOpened;
        }
    }

    /** What the file held when it was opened. */
    public Loaded load() {
        return loaded;
    }

    /** Returns when the records are on disk; none of them need be new. */
    public void append(Collection<SignedRecord> records) throws IOException {
        var fresh = records.stream().filter(this::isNews).distinct().toList();
        if (fresh.isEmpty()) {
            return;
        }
        var frames = Frames.of(fresh);
        log.truncate(end);
        write(log, frames, end);
        log.force(false);
        end += frames.size();
        fresh.forEach(live::merge);
        if (end > Math.max(compactAbove, 2 * liveBytes())) {
            compact();
        }
    }

    private boolean isNews(SignedRecord record) {
        return switch (live.judge(record)) {
            case ACCEPTED, EQUIVOCATION -> true;
            case ALREADY_KNOWN, SUPERSEDED -> false;
        };
    }

    /** Forgets records: they are gone from disk after the log is next written anew. */
    public void drop(Collection<SignedRecord> records) {
        records.forEach(live::remove);
    }

    @Override
    public void close() throws IOException {
        log.close();
        lock.close();
    }

    private Loaded read() throws IOException {
        var file = folder.resolve(NAME);
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        var frames = Frames.read(bytes);
        var records = new RecordSet();
        for (var frame : frames.good()) {
            try {
                records.merge(SignedRecord.parse(frame));
            } catch (MalformedRecord notOfThisVersion) {
                throw new IOException(
                        "%s holds a record that this version cannot read; go back to the version"
                                        .formatted(file)
                                + " that wrote it, or move the file away",
                        notOfThisVersion);
            }
        }
        Path aside = frames.endsTorn() ? null : keepAside(file);
        long dropped = (long) bytes.capacity() - frames.goodBytes();
        if (dropped > 0) {
            log.truncate(frames.goodBytes());
            log.force(true);
        }
        end = frames.goodBytes();
        records.records().forEach(live::merge);
        return new Loaded(records.records(), dropped, aside);
    }

    private Path keepAside(Path file) throws IOException {
        int number = 1;
        while (Files.exists(folder.resolve(NAME + ".broken-" + number))) {
            number++;
        }
        return Files.copy(file, folder.resolve(NAME + ".broken-" + number));
    }

    private long liveBytes() {
        return live.bytes() + (long) live.size() * Frames.HEAD;
    }

    /** A log that could not be written anew goes on growing; it is as good as before. */
    private void compact() throws IOException {
        var temporary = folder.resolve(TEMPORARY);
        var frames = Frames.of(live.records());
        var written = channel(temporary);
        try {
            written.truncate(0);
            write(written, frames, 0);
            written.force(true);
            AtomicFile.rename(temporary, folder.resolve(NAME));
        } catch (IOException notReplaced) {
            written.close();
            compactAbove = 2 * end;
            LOG.atWarn()
                    .addKeyValue("file", temporary)
                    .setCause(notReplaced)
                    .log("The record log could not be written anew; it goes on growing");
            return;
        }
        log.close();
        log = written;
        end = frames.size();
        compactAbove = floor;
        AtomicFile.sync(folder);
    }

    private static FileChannel channel(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static void write(FileChannel channel, Bytes frames, long from) throws IOException {
        var bytes = ByteBuffer.wrap(frames.toArray());
        long at = from;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
