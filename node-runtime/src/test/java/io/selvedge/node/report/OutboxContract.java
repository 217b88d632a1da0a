// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Report.Gap;
import io.selvedge.node.store.MemoryDisk;
import io.selvedge.report.OutboxSettings;
import java.io.IOException;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** No unreported gap and no duplicate, whatever happens to network, process and disk (P7). */
abstract class OutboxContract {
    private static final OutboxSettings LARGE =
            new OutboxSettings(1 << 20, 300, 4, Duration.ofMillis(500), Duration.ofSeconds(4));
    private static final OutboxSettings SMALL =
            new OutboxSettings(6_000, 300, 4, Duration.ofMillis(500), Duration.ofSeconds(4));

    private static final int TICKS_AN_HOUR = 36_000;

    /** Where reports go; a fresh one for each world. */
    abstract Ledger ledger(long seed);

    @Property(tries = 150)
    void everyReportArrivesOnceOverALossyNetwork(@ForAll long seed) throws IOException {
        var world = new ReportWorld(seed, LARGE, 0.2, ledger(seed));
        world.start();
        for (int i = 0; i < 200; i++) {
            world.report();
            world.tick();
        }
        world.settle();
        world.check();
        assertThat(world.journaled()).isEqualTo(world.made());
    }

    @Property(tries = 300)
    void powerThatFailsAtAnyWriteLosesNothingThatWasOnDisk(@ForAll long seed) throws IOException {
        var world = new ReportWorld(seed, LARGE, 0.2, ledger(seed));
        var random = world.random();
        for (int life = 0; life < 12; life++) {
            world.disk().cutPowerAfter(random.nextInt(1, 40));
            run(world, random.nextInt(60));
            if (random.nextBoolean()) {
                world.losePower();
            } else {
                world.kill();
            }
        }
        world.settle();
        assertThat(world.check()).isZero();
        assertThat(world.inGaps(Gap.Why.NO_ROOM)).isZero();
    }

    @Property(tries = 200)
    void aDiskThatIsFullOrFailsMakesReportsWaitOrAGap(@ForAll long seed) throws IOException {
        var world = new ReportWorld(seed, SMALL, 0.2, ledger(seed));
        var random = world.random();
        for (int life = 0; life < 8; life++) {
            world.disk().holdAtMost(random.nextInt(200, 12_000));
            world.disk().failForces(random.nextInt(1, 30), random.nextInt(1, 10));
            run(world, random.nextInt(120));
            world.disk().holdAtMost(Long.MAX_VALUE);
            if (random.nextBoolean()) {
                world.losePower();
            }
        }
        world.settle();
        assertThat(world.check()).isLessThanOrEqualTo(world.inGaps(Gap.Why.NO_ROOM));
    }

    @Property(tries = 300)
    void whateverHappensNothingIsTwiceAndNothingIsMissingWithoutAGap(@ForAll long seed)
            throws IOException {
        var world = new ReportWorld(seed, SMALL, 0.3, ledger(seed));
        var random = world.random();
        for (int life = 0; life < 15; life++) {
            if (random.nextInt(3) == 0) {
                world.disk().cutPowerAfter(random.nextInt(1, 40));
            }
            run(world, random.nextInt(80));
            switch (random.nextInt(6)) {
                case 0 -> world.loseDisk();
                case 1 -> world.rot();
                case 2 -> world.jump();
                case 3 -> world.kill();
                default -> world.losePower();
            }
        }
        world.settle();
        world.check();
    }

    @Test
    void aLongCutCostsTelemetryFirstAndIsReported() throws IOException {
        var world = new ReportWorld(7, SMALL, 1, ledger(7));
        world.start();
        for (int i = 0; i < 400; i++) {
            world.report();
            world.tick();
        }
        assertThat(world.disk().size()).isLessThan(2L * SMALL.bytesMax());
        assertThat(world.journaled()).isZero();
        world.heal();
        world.settle();
        assertThat(world.check()).isEqualTo(world.inGaps(Gap.Why.NO_ROOM));
        assertThat(world.inGaps(Gap.Why.NO_ROOM)).isBetween(100L, 399L);
    }

    /** Of virtual time, a report every two seconds, and a crash every quarter of it. */
    @Test
    void anHourWithoutTheAuthorityIsToldWhole() throws IOException {
        var world = new ReportWorld(11, OutboxSettings.DEFAULT, 1, ledger(11));
        for (int tick = 0; tick < TICKS_AN_HOUR; tick++) {
            world.start();
            if (tick % 20 == 0) {
                world.report();
            }
            world.tick();
            if (tick % (TICKS_AN_HOUR / 4) == TICKS_AN_HOUR / 8) {
                world.losePower();
            }
        }
        assertThat(world.journaled()).isZero();
        world.heal();
        world.settle();
        assertThat(world.check()).as("in gaps").isZero();
        assertThat(world.journaled()).isEqualTo(world.made()).isEqualTo(1_800);
    }

    /** Ticks with reports in between; ends early when the power does. */
    private static void run(ReportWorld world, int ticks) throws IOException {
        try {
            world.start();
            for (int i = 0; i < ticks; i++) {
                if (world.random().nextInt(3) > 0) {
                    world.report();
                }
                world.tick();
            }
        } catch (MemoryDisk.PowerCut thatIsTheTest) {
            world.losePower();
        } catch (IOException noRoomForTheStart) {
            world.kill();
        }
    }
}
