// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.sim.world.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whole fabrics through faults: fixed seeds, those that broke once, and fresh ones for a while. */
class SimulationTest {
    private static final long FIXED = 300;

    /** How long fresh seeds are run, in seconds. */
    private static final int FRESH_SECONDS = Integer.getInteger("selvedge.sim.fresh", 120);

    @Test
    void everythingHeldForSeedsThatBrokeBefore() throws IOException {
        for (long seed : regressions()) {
            assertHeld(Simulation.of(seed));
        }
    }

    /** The fixed seeds first; the rest of the time goes to seeds that nobody has seen. */
    @Test
    void everythingHoldsForFixedAndFreshSeeds() {
        long end = System.nanoTime() + Duration.ofSeconds(FRESH_SECONDS).toNanos();
        var fixed = new Sweep(1, FIXED, _ -> {}, () -> System.nanoTime() > end);
        assertNothingBroke(fixed.run());
        assertThat(fixed.held()).as("worlds in %d s", FRESH_SECONDS).isGreaterThan(20);
        long from = 1_000_000 + (System.nanoTime() & 0xfff_ffff);
        var fresh = new Sweep(from, Long.MAX_VALUE - 1, _ -> {}, () -> System.nanoTime() > end);
        assertNothingBroke(fresh.run());
    }

    @Test
    void equalSeedsAreEqualWorlds() {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(Simulation.of(seed)).isEqualTo(Simulation.of(seed));
        }
    }

    private static void assertNothingBroke(Outcome.@Nullable Failed failed) {
        if (failed != null) {
            assertHeld(failed);
        }
    }

    private static void assertHeld(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            var report = Report.of(failed, failed.scenario().seed(), Code.SHIPPED);
            throw new AssertionError(String.join("\n", report));
        }
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
