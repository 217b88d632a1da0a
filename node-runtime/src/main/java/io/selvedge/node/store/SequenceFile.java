// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.selvedge.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The versions of the own record key that are spoken for: a file that holds one, above which none
 * was given. Owned by one thread; calls block on the disk.
 */
public final class SequenceFile {
    /** What stands where no file is yet. */
    public static final Version FIRST = new Version(1, 0);

    private final Path file;
    private Version reserved;

    private SequenceFile(Path file, Version reserved) {
        this.file = file;
        this.reserved = reserved;
    }

    /** Opens a sequence, or starts one at {@link #FIRST}. */
    public static SequenceFile open(Path file) throws IOException {
        return new SequenceFile(file, Files.exists(file) ? read(file) : FIRST);
    }

    /** All versions up to this one may have been given. */
    public Version reserved() {
        return reserved;
    }

    /** Returns when it is on disk. */
    public void reserve(Version upTo) throws IOException {
        AtomicFile.write(
                file, "%d.%d%n".formatted(upTo.epoch(), upTo.sequence()).getBytes(US_ASCII));
        reserved = upTo;
    }

    private static Version read(Path file) throws IOException {
        var text = Files.readString(file, US_ASCII).strip();
        int dot = text.indexOf('.');
        try {
            return new Version(
                    Long.parseLong(text.substring(0, Math.max(dot, 0))),
                    Long.parseLong(text.substring(dot + 1)));
        } catch (IllegalArgumentException broken) {
            throw new IOException(
                    "%s does not hold a version; write one above all that this key ever gave, as in"
                                    .formatted(file)
                            + " 1.0",
                    broken);
        }
    }
}
