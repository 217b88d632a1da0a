// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.sim.scenario.Draw;
import io.selvedge.sim.world.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whole fabrics through faults: fixed seeds, those that broke once, and fresh ones for a while. */
class SimulationTest {
    /** How many fixed seeds are run, whatever it takes. */
    private static final int FIXED = Integer.getInteger("selvedge.sim.fixed", 300);

    /** How many worlds without faults are run. */
    private static final int CALM = Integer.getInteger("selvedge.sim.calm", 100);

    /** How long fresh seeds are run. */
    private static final int FRESH_SECONDS = Integer.getInteger("selvedge.sim.fresh.seconds", 120);

    /**
     * How long after the last heal records may differ, in 99 of 100 worlds, lossy ones included.
     */
    private static final double EQUAL_P99_SECONDS = 10;

    private static final int SHRINK_RUNS = 200;

    @Test
    void everythingHeldForSeedsThatBrokeBefore() throws IOException {
        for (long seed : regressions()) {
            if (Simulation.of(seed) instanceof Outcome.Failed failed) {
                assertNothingBroke(failed);
            }
        }
    }

    @Test
    void everythingHoldsForFixedSeeds() throws IOException {
        var sweep = new Sweep(1, FIXED, SimulationTest::say);
        assertNothingBroke(sweep.run());
        assertThat(sweep.held()).isEqualTo(FIXED);
        assertThat(sweep.equalAfter().p99Seconds()).isLessThanOrEqualTo(EQUAL_P99_SECONDS);
    }

    @Test
    void nobodyLosesAConnectionWhereNothingGoesWrong() throws IOException {
        for (long seed = 1; seed <= CALM; seed++) {
            if (Simulation.run(Draw.calm(seed), Code.SHIPPED, 0) instanceof Outcome.Failed failed) {
                assertNothingBroke(failed);
            }
        }
    }

    /** Seeds that nobody has seen. */
    @Test
    void everythingHoldsForFreshSeeds() throws IOException {
        long from = 1_000_000 + System.currentTimeMillis();
        say("fresh seeds from " + from);
        long end = System.nanoTime() + Duration.ofSeconds(FRESH_SECONDS).toNanos();
        var sweep =
                new Sweep(
                        from,
                        Long.MAX_VALUE - 1,
                        SimulationTest::say,
                        () -> System.nanoTime() - end > 0);
        assertNothingBroke(sweep.run());
        say(sweep.summary());
    }

    @Test
    void equalSeedsAreEqualWorlds() {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(Simulation.of(seed)).isEqualTo(Simulation.of(seed));
        }
    }

    /** Tells what broke in full, made short first; the same goes to a file. */
    private static void assertNothingBroke(Outcome.@Nullable Failed failed) throws IOException {
        if (failed == null) {
            return;
        }
        long seed = failed.scenario().seed();
        say("seed " + seed + " broke: " + failed.invariant());
        var shrunk = Shrinker.shrink(failed, Code.SHIPPED, SHRINK_RUNS, _ -> {});
        var report = Report.of(shrunk, seed, Code.SHIPPED);
        var target = Files.createDirectories(Path.of("target"));
        Files.write(target.resolve("chaos-" + seed + ".md"), report);
        throw new AssertionError(String.join("\n", report));
    }

    @SuppressWarnings("SystemOut") // a run that is killed has said its seeds by then
    private static void say(String progress) {
        System.out.println(progress);
    }

    private static List<Long> regressions() throws IOException {
        try (var in =
                Objects.requireNonNull(
                        SimulationTest.class.getResourceAsStream("regressions.txt"))) {
            var seeds = new ArrayList<Long>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> seeds.add(Long.parseLong(line.split("\\s+", 2)[0])));
            return seeds;
        }
    }
}
