// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SequenceFileTest {
    private static final Version NONE = new Version(0, 0);

    @TempDir Path folder;

    @Test
    void noCrashRepeatsAVersion() throws IOException {
        var given = new TreeSet<Version>();
        for (int life = 0; life < 50; life++) {
            var sequence = open(NONE);
            for (int i = 0; i < life * 3; i++) {
                var next = sequence.next();
                assertThat(given.isEmpty() || given.last().compareTo(next) < 0).isTrue();
                given.add(next);
            }
        }
    }

    @Test
    void aLostFileStartsAboveWhatTheRecordsShow() throws IOException {
        assertThat(open(new Version(2, 41)).next()).isEqualTo(new Version(2, 42));
    }

    @Test
    void itRisesAboveWhatOthersHaveSeen() throws IOException {
        var sequence = open(NONE);
        sequence.next();
        sequence.raiseAbove(new Version(0, 7_000));
        assertThat(sequence.next()).isEqualTo(new Version(0, 7_001));

        sequence.raiseAbove(new Version(0, 3));
        assertThat(sequence.next()).isEqualTo(new Version(0, 7_002));
        assertThat(open(NONE).next()).isGreaterThan(new Version(0, 7_002));
    }

    @Test
    void aNewEpochWins() throws IOException {
        var sequence = open(NONE);
        var before = sequence.next();
        sequence.nextEpoch();

        assertThat(sequence.next()).isEqualTo(new Version(1, 1)).isGreaterThan(before);
        assertThat(open(NONE).next()).isGreaterThan(new Version(1, 1));
    }

    @Test
    void aBrokenFileSaysWhatToDo() throws IOException {
        Files.writeString(folder.resolve("sequence"), "x");

        assertThatThrownBy(() -> open(NONE)).hasMessageContaining("write one above");
    }

    private SequenceFile open(Version known) throws IOException {
        return SequenceFile.open(folder.resolve("sequence"), known);
    }
}
