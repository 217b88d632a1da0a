// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MemoryDiskTest extends DiskContract {
    private final MemoryDisk disk = new MemoryDisk();

    @Override
    Disk disk() {
        return disk;
    }

    @Test
    void aLossOfPowerKeepsWhatWasForcedAndAnyPartOfTheRest() throws IOException {
        var left = new TreeSet<String>();
        for (int seed = 0; seed < 200; seed++) {
            var torn = new MemoryDisk();
            torn.append("log", bytes("ab"));
            torn.force("log");
            torn.append("log", bytes("cd"));
            torn.losePower(new SplittableRandom(seed));
            left.add(new String(torn.read("log"), StandardCharsets.UTF_8));
        }

        assertThat(left).containsExactlyInAnyOrder("ab", "abc", "abcd", "ab\0\0", "abc\0");
    }

    @Test
    void aNameThatWasNotForcedMayBeLost() throws IOException {
        int kept = 0;
        for (int seed = 0; seed < 100; seed++) {
            var lossy = new MemoryDisk();
            lossy.append("log", bytes("ab"));
            lossy.losePower(new SplittableRandom(seed));
            kept += lossy.list().size();
        }
        assertThat(kept).isBetween(20, 80);
    }

    @Test
    void aCutOfThePowerLeavesTheOldOrTheNew() throws IOException {
        var left = new TreeSet<String>();
        for (int cut = 1; cut <= 3; cut++) {
            for (int seed = 0; seed < 20; seed++) {
                var dying = new MemoryDisk();
                dying.replace("file", out -> out.write('o'));
                dying.cutPowerAfter(cut);
                assertThatThrownBy(() -> dying.replace("file", out -> out.write('n')))
                        .isInstanceOf(MemoryDisk.PowerCut.class);
                assertThatThrownBy(dying::list).isInstanceOf(MemoryDisk.PowerCut.class);
                dying.losePower(new SplittableRandom(seed));
                left.add(cut + " " + (char) dying.read("file")[0]);
            }
        }
        assertThat(left).containsExactly("1 o", "2 n", "2 o", "3 n");
    }

    @Test
    void aFullDiskTakesAPartOfAnAppendAndNothingOfAReplacement() throws IOException {
        disk.append("log", bytes("ab"));
        disk.holdAtMost(3);

        assertThatIOException().isThrownBy(() -> disk.append("log", bytes("cd")));
        assertThat(disk.read("log")).asString().isEqualTo("abc");
        assertThatIOException().isThrownBy(() -> disk.replace("log", out -> out.write('n')));
        disk.truncate("log", 2);
        disk.append("log", bytes("x"));
        assertThat(disk.read("log")).asString().isEqualTo("abx");
    }

    @Test
    void whatFailedToBeForcedIsNotOnDiskHoweverOftenItIsForcedAgain() throws IOException {
        disk.append("log", bytes("ab"));
        disk.force("log");
        disk.append("log", bytes("cd"));
        disk.failForces(1, 1);
        assertThatIOException().isThrownBy(() -> disk.force("log"));
        disk.force("log");
        disk.losePower(new SplittableRandom(1));
        assertThat(disk.read("log")).asString().isEqualTo("ab\0\0");
    }

    @Test
    void whatWasCutOffAfterAFailureMayBeWrittenAgain() throws IOException {
        disk.append("log", bytes("ab"));
        disk.failForces(1, 1);
        assertThatIOException().isThrownBy(() -> disk.force("log"));
        disk.truncate("log", 0);
        disk.append("log", bytes("cd"));
        disk.force("log");
        disk.losePower(new SplittableRandom(1));
        assertThat(disk.read("log")).asString().isEqualTo("cd");
    }

    @Test
    void bitsRot() throws IOException {
        disk.append("log", bytes("ab"));
        disk.flip("log", 9);
        assertThat(disk.read("log")).asString().isEqualTo("a`");
    }
}
