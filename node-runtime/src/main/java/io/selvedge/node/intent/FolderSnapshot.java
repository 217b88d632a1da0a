// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The contents of a folder as one whole: listed, read, and listed again until nothing changed in
 * between. A folder that goes away meanwhile is unreadable, never smaller.
 */
public sealed interface FolderSnapshot {
    int ATTEMPTS = 5;
    long BYTES_MAX = 4L << 20;

    record Whole(SortedMap<String, byte[]> files) implements FolderSnapshot {
        public Whole {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }

        /** The file as text; fails when it is not UTF-8. */
        public String text(String name) throws CharacterCodingException {
            byte[] bytes = files.getOrDefault(name, new byte[0]);
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        }
    }

    record Unreadable(String reason) implements FolderSnapshot {}

    /** Reads the files whose names count. */
    static FolderSnapshot of(Path folder, Predicate<String> wanted) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                var before = FolderListing.of(folder, wanted);
                var files = new TreeMap<String, byte[]>();
                for (var file : before.files().entrySet()) {
                    if (file.getValue().size() > BYTES_MAX) {
                        return new Unreadable(
                                "%s/%s is over %d bytes"
                                        .formatted(folder, file.getKey(), BYTES_MAX));
                    }
                    files.put(file.getKey(), Files.readAllBytes(folder.resolve(file.getKey())));
                }
                if (before.equals(FolderListing.of(folder, wanted))) {
                    return new Whole(files);
                }
            } catch (NoSuchFileException gone) {
                if (!Files.isDirectory(folder)) {
                    return new Unreadable(folder + " is not there");
                }
            } catch (IOException failed) {
                return new Unreadable("%s cannot be read: %s".formatted(folder, failed));
            }
        }
        return new Unreadable(
                folder + " keeps changing while it is read, or holds a link to nothing");
    }
}
