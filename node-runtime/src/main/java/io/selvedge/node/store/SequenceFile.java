// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.selvedge.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The versions that a record key gives, each once. The file holds a version that was not given yet
 * and above which none was: numbers are reserved ahead of use, so a crash skips some and repeats
 * none. Owned by one thread; calls block on the disk now and then.
 */
public final class SequenceFile {
    private static final int AHEAD = 64;

    private final Disk disk;
    private final String name;
    private Version last;
    private long reserved;

    private SequenceFile(Disk disk, String name, Version last) {
        this.disk = disk;
        this.name = name;
        this.last = last;
        this.reserved = last.sequence();
    }

    /**
     * Opens or starts a sequence.
     *
     * @param known the highest version of this key that the node's records show: a file that is
     *     absent starts above it
     */
    public static SequenceFile open(Disk disk, String name, Version known) throws IOException {
        var last = disk.list().contains(name) ? read(disk, name) : known;
        return new SequenceFile(disk, name, last.compareTo(known) < 0 ? known : last);
    }

    /** As {@link #open(Disk, String, Version)}, in a folder that may be absent. */
    public static SequenceFile open(Path file, Version known) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "has a folder");
        return open(FolderDisk.at(folder), String.valueOf(file.getFileName()), known);
    }

    /** The next version, never given before. */
    public Version next() throws IOException {
        if (last.sequence() >= reserved) {
            reserve(last);
        }
        last = last.next();
        return last;
    }

    /** Makes the next version lie above one that was seen elsewhere. */
    public void raiseAbove(Version seen) throws IOException {
        if (seen.compareTo(last) > 0) {
            reserve(seen);
            last = seen;
        }
    }

    /** Starts the next epoch: its versions win over all that were given before. */
    public void nextEpoch() throws IOException {
        raiseAbove(new Version(last.epoch() + 1, 0));
    }

    private void reserve(Version from) throws IOException {
        long until = from.sequence() + AHEAD;
        byte[] text = "%d.%d\n".formatted(from.epoch(), until).getBytes(US_ASCII);
        disk.replace(name, out -> out.write(text));
        reserved = until;
    }

    private static Version read(Disk disk, String name) throws IOException {
        var text = new String(disk.read(name), US_ASCII).strip();
        int dot = text.indexOf('.');
        try {
            return new Version(
                    Long.parseLong(text.substring(0, Math.max(dot, 0))),
                    Long.parseLong(text.substring(dot + 1)));
        } catch (IllegalArgumentException broken) {
            throw new IOException(
                    "%s does not hold a version; write one above all that this key ever gave, as in"
                                    .formatted(name)
                            + " 1.0",
                    broken);
        }
    }
}
