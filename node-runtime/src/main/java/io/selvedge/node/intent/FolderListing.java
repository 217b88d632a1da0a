// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a folder at one moment, without the contents: two listings are equal when nothing
 * was added, taken, replaced or written between them, and the folder is still the same folder.
 * Symbolic links are followed, as the folders of Kubernetes ConfigMaps want it.
 */
record FolderListing(Stamp folder, SortedMap<String, Stamp> files) {
    FolderListing {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    record Stamp(Path real, long size, FileTime modified, @Nullable Object inode) {
        static Stamp of(Path path) throws IOException {
            return of(path, Files.readAttributes(path, BasicFileAttributes.class));
        }

        static Stamp of(Path path, BasicFileAttributes attributes) throws IOException {
            return new Stamp(
                    path.toRealPath(),
                    attributes.size(),
                    attributes.lastModifiedTime(),
                    attributes.fileKey());
        }
    }

    /**
     * Lists the files whose names count.
     *
     * @throws NoSuchFileException when the folder, or a file while it was listed, is not there
     */
    static FolderListing of(Path folder, Predicate<String> wanted) throws IOException {
        var before = Stamp.of(folder);
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        var files = new TreeMap<String, Stamp>();
        try (var entries = Files.newDirectoryStream(folder)) {
            for (var entry : entries) {
                String name = entry.getFileName().toString();
                if (wanted.test(name)) {
                    var attributes = Files.readAttributes(entry, BasicFileAttributes.class);
                    if (attributes.isRegularFile()) {
                        files.put(name, Stamp.of(entry, attributes));
                    }
                }
            }
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return new FolderListing(before, files);
    }

    /**
     * Whether something changed so lately that a further change might leave no trace in a stamp.
     */
    boolean changedSince(Instant moment) {
        return folder.modified().toInstant().isAfter(moment)
                || files.values().stream()
                        .anyMatch(file -> file.modified().toInstant().isAfter(moment));
    }
}
