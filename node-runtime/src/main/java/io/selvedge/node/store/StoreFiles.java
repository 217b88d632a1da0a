// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.model.Bytes;
import io.selvedge.node.store.RecordIndex.Held;
import io.selvedge.node.store.StoreFile.Part;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writing side of the two files that hold the records. What a call says is on disk when it
 * returns; a call that fails has said nothing, and the next begins by clearing away what it left.
 */
final class StoreFiles {
    private static final Logger LOG = LoggerFactory.getLogger(StoreFiles.class);

    private final Disk disk;
    private final StoreKey key;
    private StoreFile snapshot;
    private StoreFile log;
    private long snapshotEnd;
    private long logEnd;
    private long highest;
    private boolean ragged;
    private boolean doubtful;

    /** Where the body of a record is found while the files are written anew. */
    @FunctionalInterface
    interface Bodies {
        /** Null leaves the record out. */
        @Nullable Bytes of(Held held) throws IOException;
    }

    StoreFiles(Disk disk, StoreKey key, long generation, long snapshotEnd, long logEnd) {
        this.disk = disk;
        this.key = key;
        this.snapshot = new StoreFile(Part.SNAPSHOT, generation);
        this.log = new StoreFile(Part.LOG, generation);
        this.snapshotEnd = snapshotEnd;
        this.logEnd = logEnd;
        this.highest = generation;
    }

    /** The bytes of both files. */
    long size() {
        return snapshotEnd + logEnd;
    }

    /** The body of the frame at a place; null when it is not what was sealed there. */
    @Nullable Bytes read(Place place) throws IOException {
        try {
            byte[] bytes = disk.read(place.file().name(), place.at(), place.size());
            var frame = Frame.at(bytes, 0);
            if (frame == null || frame.size() != place.size()) {
                return null;
            }
            return key.proves(place, bytes, 0) ? frame.body() : null;
        } catch (EOFException | NoSuchFileException cutOff) {
            return null;
        }
    }

    /**
     * Cuts off what lies behind the last good frame of the log; false when only {@link #rewrite}
     * makes the files fit for {@link #append} again.
     */
    boolean clear() {
        if (ragged) {
            try {
                disk.truncate(log.name(), logEnd);
                ragged = false;
            } catch (NoSuchFileException neverBegun) {
                ragged = logEnd > 0;
            } catch (IOException notNow) {
                return false;
            }
        }
        return !ragged && !doubtful;
    }

    /** Says that something lies behind the last good frame of the log. */
    void isRagged() {
        ragged = true;
    }

    /** Adds frames to the log; to be called when the files are {@link #clear}. */
    List<Place> append(Collection<Frame> frames) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var places = new ArrayList<Place>();
        for (var frame : frames) {
            var place = new Place(log, logEnd + bytes.size(), frame.size());
            bytes.writeBytes(frame.sealed(key, place));
            places.add(place);
        }
        try {
            disk.append(log.name(), bytes.toByteArray());
            disk.force(log.name());
        } catch (IOException notSaid) {
            ragged = true;
            clear();
            throw notSaid;
        }
        logEnd += bytes.size();
        return places;
    }

    /** Begins the next generation with a snapshot of what is held, and says where it lies now. */
    Map<Bytes, Place> rewrite(Collection<Held> held, Bodies bodies) throws IOException {
        var next = new Row(new StoreFile(Part.SNAPSHOT, ++highest));
        var places = new HashMap<Bytes, Place>();
        try {
            disk.replace(
                    next.file.name(),
                    out -> {
                        for (var record : held) {
                            var body = bodies.of(record);
                            if (body != null) {
                                var frame = new Frame(Frame.Kind.RECORD, body);
                                places.put(record.hash(), next.add(frame, out));
                            }
                        }
                        next.add(Frame.end(places.size()), out);
                    });
        } catch (IOException notWritten) {
            withdraw(next.file);
            throw notWritten;
        }
        snapshotEnd = next.end;
        moveTo(next.file);
        return places;
    }

    /** A file that is being written. */
    private final class Row {
        private final StoreFile file;
        private long end;

        Row(StoreFile file) {
            this.file = file;
        }

        Place add(Frame frame, OutputStream out) throws IOException {
            var place = new Place(file, end, frame.size());
            out.write(frame.sealed(key, place));
            end += frame.size();
            return place;
        }
    }

    /** A snapshot that may or may not be there would hide what is appended to the log from now. */
    private void withdraw(StoreFile next) {
        try {
            disk.delete(next.name());
        } catch (IOException mayBeThere) {
            doubtful = true;
        }
    }

    private void moveTo(StoreFile next) {
        var outdated = List.of(snapshot, log);
        snapshot = next;
        log = new StoreFile(Part.LOG, next.generation());
        logEnd = 0;
        ragged = false;
        doubtful = false;
        for (var file : outdated) {
            try {
                disk.delete(file.name());
            } catch (IOException leftToTheNextStart) {
                LOG.atDebug()
                        .addKeyValue("file", file.name())
                        .setCause(leftToTheNextStart)
                        .log("An outdated file of records stays until the next start");
            }
        }
    }
}
