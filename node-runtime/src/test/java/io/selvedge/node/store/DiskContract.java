// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** What every {@link Disk} does while nothing fails. */
abstract class DiskContract {

    /** The same folder, through another pair of hands. */
    abstract Disk disk() throws IOException;

    @Test
    void whatIsAppendedIsRead() throws IOException {
        try (var disk = disk()) {
            disk.append("log", bytes("one "));
            disk.append("log", bytes("two "));
            disk.force("log");
            disk.append("log", bytes("three"));

            assertThat(disk.read("log")).asString().isEqualTo("one two three");
            assertThat(disk.read("log", 4, 3)).asString().isEqualTo("two");
            assertThat(disk.list()).containsExactly("log");
        }
        try (var disk = disk()) {
            disk.append("log", bytes("!"));
            assertThat(disk.read("log")).asString().isEqualTo("one two three!");
        }
    }

    @Test
    void whatIsReplacedIsWhole() throws IOException {
        try (var disk = disk()) {
            disk.append("file", bytes("long, and to be forgotten"));
            disk.replace("file", out -> out.write(bytes("new")));
            assertThat(disk.read("file")).asString().isEqualTo("new");
            assertThat(disk.read("file", 1, 2)).asString().isEqualTo("ew");

            disk.append("file", bytes("er"));
            assertThat(disk.read("file", 0, 5)).asString().isEqualTo("newer");
            assertThat(disk.list()).containsExactly("file");
        }
    }

    @Test
    void aReplacementThatFailsLeavesTheOld() throws IOException {
        try (var disk = disk()) {
            disk.append("file", bytes("old"));
            assertThatIOException()
                    .isThrownBy(() ->
                            disk.replace(
                                    "file",
                                    out -> {
                                        out.write(bytes("ne"));
                                        throw new IOException("broken off");
                                    }));

            assertThat(disk.read("file")).asString().isEqualTo("old");
            assertThat(disk.list()).containsExactly("file");
        }
    }

    @Test
    void whatIsCutOffIsGone() throws IOException {
        try (var disk = disk()) {
            disk.append("log", bytes("one two"));
            disk.truncate("log", 4);
            disk.append("log", bytes("2"));
            disk.force("log");

            assertThat(disk.read("log")).asString().isEqualTo("one 2");
        }
    }

    @Test
    void whatIsDeletedIsAbsentAndMayBeDeletedAgain() throws IOException {
        try (var disk = disk()) {
            disk.append("log", bytes("one"));
            disk.delete("log");
            disk.delete("log");

            assertThat(disk.list()).isEmpty();
            disk.append("log", bytes("two"));
            assertThat(disk.read("log", 0, 3)).asString().isEqualTo("two");
        }
    }

    @Test
    void whatIsNotThereIsNotRead() throws IOException {
        try (var disk = disk()) {
            disk.append("log", bytes("one"));

            assertThatThrownBy(() -> disk.read("log", 1, 3)).isInstanceOf(EOFException.class);
            assertThatThrownBy(() -> disk.read("other")).isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> disk.read("other", 0, 1))
                    .isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> disk.truncate("other", 0))
                    .isInstanceOf(NoSuchFileException.class);
            assertThatThrownBy(() -> disk.force("other")).isInstanceOf(NoSuchFileException.class);
            assertThat(disk.list()).containsExactly("log");
        }
    }

    @Test
    void oneHasTheFolderUntilItIsGivenBack() throws IOException {
        var first = disk();
        first.lock();
        var second = disk();
        assertThatIOException().isThrownBy(second::lock).withMessageContaining("another process");
        assertThat(second.list()).isEmpty();

        first.close();
        second.lock();
        second.close();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
