// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.selvedge.model.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The versions of the own record key that are spoken for: a file that holds one, above which none
 * was given. Owned by one thread; calls block on the disk.
 */
public final class SequenceFile {
    /** What stands where no file is yet. */
    public static final Version FIRST = new Version(1, 0);

    private final Disk disk;
    private final String name;
    private Version reserved;

    private SequenceFile(Disk disk, String name, Version reserved) {
        this.disk = disk;
        this.name = name;
        this.reserved = reserved;
    }

    /** Opens a sequence, or starts one at {@link #FIRST}. */
    public static SequenceFile open(Disk disk, String name) throws IOException {
        return new SequenceFile(disk, name, disk.list().contains(name) ? read(disk, name) : FIRST);
    }

    /** As {@link #open(Disk, String)}, in a folder that may be absent. */
    public static SequenceFile open(Path file) throws IOException {
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "has a folder");
        return open(FolderDisk.at(folder), String.valueOf(file.getFileName()));
    }

    /** All versions up to this one may have been given. */
    public Version reserved() {
        return reserved;
    }

    /** Returns when it is on disk. */
    public void reserve(Version upTo) throws IOException {
        byte[] text = "%d.%d\n".formatted(upTo.epoch(), upTo.sequence()).getBytes(US_ASCII);
        disk.replace(name, out -> out.write(text));
        reserved = upTo;
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
