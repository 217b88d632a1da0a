// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/** Writes a file so that any reader, also after a crash, finds all of the old or of the new. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Makes missing folders. The text lies in a hidden file {@code .NAME.tmp} until it is whole.
     */
    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The same, of bytes. */
    public static void write(Path file, byte[] content) throws IOException {
        var folder = folder(file);
        Files.createDirectories(folder);
        var temporary = folder.resolve("." + file.getFileName() + ".tmp");
        try (var channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            var bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        rename(temporary, file);
        sync(folder);
    }

    /** The same, of a text that only the file's owner may ever read. */
    public static void writeSecret(Path file, String text) throws IOException {
        var folder = folder(file);
        var temporary = folder.resolve("." + file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        var owner = PosixFilePermissions.fromString("rw-------");
        Files.createFile(temporary, PosixFilePermissions.asFileAttribute(owner));
        write(file, text);
    }

    /** Removes a file for good; one that is not there is removed already. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            sync(folder(file));
        }
    }

    private static Path folder(Path file) {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    /** Puts a file in the place of another; the folder has yet to be put on disk. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Puts the names in a folder on disk. */
    static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
