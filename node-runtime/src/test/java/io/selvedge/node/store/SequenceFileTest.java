// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceFileTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void startsAtTheFirstVersion() throws IOException {
        assertThat(open().reserved()).isEqualTo(SequenceFile.FIRST);
    }

    @Test
    void holdsWhatWasReserved() throws IOException {
        open().reserve(new Version(3, 64));
        assertThat(open().reserved()).isEqualTo(new Version(3, 64));
    }

    @Test
    void aBrokenFileSaysWhatToDo() throws IOException {
        Files.writeString(folder.resolve("sequence"), "x");
        assertThatThrownBy(this::open).hasMessageContaining("write one above");
    }

    private SequenceFile open() throws IOException {
        return SequenceFile.open(folder.resolve("sequence"));
    }
}
