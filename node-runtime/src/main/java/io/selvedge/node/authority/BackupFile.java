// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.actors.backup.BackupReader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** A backup in a file of its owner's, compressed when its name ends in {@code .gz}. */
record BackupFile(Path path) {
    /** Writes a backup. */
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** What happens with a backup as it is read. */
    @FunctionalInterface
    interface Use<T> {
        T of(BackupReader backup) throws IOException;
    }

    /** Puts the file there once it is whole and was read again; gives the number of its rows. */
    long write(Content content) throws IOException {
        if (Files.exists(path)) {
            throw new IOException(path + " is there already: name a new file");
        }
        var folder = Objects.requireNonNull(path.toAbsolutePath().getParent(), "has a folder");
        var half = new BackupFile(folder.resolve("." + path.getFileName() + ".half" + suffix()));
        try {
            half.writeOut(content);
            long rows = half.check();
            Files.move(half.path, path, StandardCopyOption.ATOMIC_MOVE);
            return rows;
        } finally {
            Files.deleteIfExists(half.path);
        }
    }

    /** Reads all of it; gives the number of its rows. */
    long check() throws IOException {
        return read(backup -> {
            long rows = 0;
            while (backup.next() != null) {
                rows++;
            }
            return rows;
        });
    }

    <T> T read(Use<T> use) throws IOException {
        try (var in = open()) {
            return use.of(new BackupReader(path.toString(), in));
        } catch (ZipException noGzip) {
            throw new IOException(
                    "%s is not compressed, or damaged: take another copy of it".formatted(path),
                    noGzip);
        }
    }

    private void writeOut(Content content) throws IOException {
        var owner =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options =
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(path, options, owner)) {
            var file = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            if (isCompressed()) {
                var gzip = new GZIPOutputStream(file, 1 << 16);
                content.writeTo(gzip);
                gzip.finish();
            } else {
                content.writeTo(file);
            }
            file.flush();
            channel.force(true);
        }
    }

    private InputStream open() throws IOException {
        var file = Files.newInputStream(path);
        return isCompressed() ? new GZIPInputStream(file, 1 << 16) : file;
    }

    private boolean isCompressed() {
        return path.toString().endsWith(".gz");
    }

    private String suffix() {
        return isCompressed() ? ".gz" : "";
    }
}
