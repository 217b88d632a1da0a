// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.model.Version;
import java.io.IOException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The store on a disk that dies, fills up, fails and rots, at every moment of a few lives. */
class StoreCrashTest {
    private static final int CALLS = 25;
    private static final long FLOOR = 800;

    @Test
    void aCutOfThePowerAtAnyMomentLosesNothingAndInventsNothing() throws IOException {
        for (int seed = 0; seed < 12; seed++) {
            long steps = stepsOfOneLife(seed);
            assertThat(steps).isGreaterThan(2 * CALLS);
            for (long cut = 1; cut <= steps; cut++) {
                var disk = new MemoryDisk();
                var workload = new StoreWorkload(disk, seed, FLOOR);
                disk.cutPowerAfter(cut);
                assertThatThrownBy(() -> workload.live(CALLS))
                        .isInstanceOf(MemoryDisk.PowerCut.class);
                disk.losePower(new SplittableRandom(seed * 1_000_003L + cut));
                workload.recover();
                workload.live(3);
                workload.recover();
            }
        }
    }

    @Test
    void aCutOfThePowerWhileTheFileIsOpenedAfterACutLosesNothing() throws IOException {
        for (int seed = 0; seed < 150; seed++) {
            var random = new SplittableRandom(seed);
            var disk = new MemoryDisk();
            var workload = new StoreWorkload(disk, seed, FLOOR);
            for (int life = 0; life < 12; life++) {
                disk.cutPowerAfter(random.nextInt(1, 12));
                try {
                    workload.recover();
                    workload.live(5);
                } catch (MemoryDisk.PowerCut thatIsTheTest) {
                    // the next life finds what is left
                }
                disk.losePower(random);
            }
            workload.recover();
        }
    }

    @Test
    void aKilledProcessLosesNothing() throws IOException {
        for (int seed = 0; seed < 5; seed++) {
            long steps = stepsOfOneLife(seed);
            for (long kill = 1; kill <= steps; kill++) {
                var disk = new MemoryDisk();
                var workload = new StoreWorkload(disk, seed, FLOOR);
                disk.cutPowerAfter(kill);
                assertThatThrownBy(() -> workload.live(CALLS))
                        .isInstanceOf(MemoryDisk.PowerCut.class);
                disk.restart();
                workload.recover();
            }
        }
    }

    @Test
    void aDiskThatIsFullAtAnyByteRefusesCallsAndLosesNothing() throws IOException {
        int failures = 0;
        for (long capacity = 60; capacity < 1_500; capacity++) {
            var disk = new MemoryDisk();
            var workload = new StoreWorkload(disk, 1 + capacity % 7, FLOOR);
            disk.holdAtMost(capacity);
            try {
                workload.live(CALLS);
            } catch (IOException noRoomForTheFirstStart) {
                assertThat(capacity).isLessThan(80);
            }
            failures += workload.failures();
            disk.holdAtMost(Long.MAX_VALUE);
            if (capacity % 2 == 0) {
                disk.losePower(new SplittableRandom(capacity));
            }
            workload.recover();
            workload.live(5);
            workload.recover();
        }
        assertThat(failures).isGreaterThan(1_000);
    }

    @Test
    void forcingsThatFailAtAnyMomentLoseNothing() throws IOException {
        int failures = 0;
        for (int seed = 0; seed < 12; seed++) {
            for (int first = 1; first < 3 * CALLS; first++) {
                var disk = new MemoryDisk();
                var workload = new StoreWorkload(disk, seed, FLOOR);
                workload.live(1);
                disk.failForces(first, 1 + (seed + first) % 5);
                workload.live(first % CALLS);
                failures += workload.failures();
                disk.losePower(new SplittableRandom(first));
                workload.recover();
            }
        }
        assertThat(failures).isGreaterThan(12);
    }

    @Test
    void noBitThatTurnsAnywhereLetsAnUnverifiedRecordIn() throws IOException {
        var whole = new MemoryDisk();
        var workload = new StoreWorkload(whole, 3, FLOOR);
        workload.live(CALLS);
        var mayHold = workload.mayHold();
        for (var name : whole.list()) {
            long bits = whole.read(name).length * 8L;
            for (long bit = 0; bit < bits; bit += 3) {
                var disk = new MemoryDisk();
                for (var other : whole.list()) {
                    byte[] content = whole.read(other);
                    disk.replace(other, out -> out.write(content));
                }
                disk.flip(name, bit);
                try (var file =
                        RecordFile.open(
                                disk, new SplittableRandom(2), CheapRecords::isSigned, FLOOR)) {
                    var loaded = file.load();
                    assertThat(loaded.records()).allMatch(CheapRecords::isSigned);
                    assertThat(
                                    loaded.found().damaged()
                                            || loaded.found().unproven()
                                            || loaded.found().tornBytes() > 0)
                            .as("bit %d of %s is noticed", bit, name)
                            .isTrue();
                    if (!name.equals(StoreKey.NAME)) {
                        assertThat(loaded.records().size()).isGreaterThan(mayHold.size() - 2);
                    }
                }
            }
        }
    }

    @Test
    void noCutOfThePowerForgetsAReservedVersion() throws IOException {
        for (int cut = 1; cut < 60; cut++) {
            var random = new SplittableRandom(cut);
            var disk = new MemoryDisk();
            var acknowledged = SequenceFile.FIRST;
            for (int life = 0; life < 10; life++) {
                disk.cutPowerAfter(1 + (cut + life) % 13);
                try {
                    var versions = SequenceFile.open(disk, "sequence");
                    assertThat(versions.reserved()).isGreaterThanOrEqualTo(acknowledged);
                    for (int i = 0; i < 30; i++) {
                        var upTo = new Version(1, versions.reserved().sequence() + 64);
                        versions.reserve(upTo);
                        acknowledged = upTo;
                    }
                } catch (MemoryDisk.PowerCut thatIsTheTest) {
                    // the next life goes on from what is left
                }
                disk.losePower(random);
            }
            assertThat(acknowledged).isGreaterThan(SequenceFile.FIRST);
        }
    }

    private static long stepsOfOneLife(long seed) throws IOException {
        var disk = new MemoryDisk();
        new StoreWorkload(disk, seed, FLOOR).live(CALLS);
        return disk.steps();
    }
}
