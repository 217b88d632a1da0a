// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import io.selvedge.sim.net.LinkFaults;
import io.selvedge.sim.scenario.Act;
import io.selvedge.sim.scenario.Scenario;
import io.selvedge.sim.world.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a scenario that breaks an invariant short: leaves out acts by halves, quarters and so on
 * (delta debugging), then nodes, then what links do wrong, then time, as long as the same invariant
 * breaks. Deterministic.
 */
public final class Shrinker {
    private static final long SHORTEST_MILLIS = 2_000;

    private final Code code;
    private final Consumer<String> progress;
    private Outcome.Failed failed;
    private int runsLeft;

    private Shrinker(Outcome.Failed failed, Code code, int runs, Consumer<String> progress) {
        this.failed = failed;
        this.code = code;
        this.runsLeft = runs;
        this.progress = progress;
    }

    /**
     * The shortest that was found.
     *
     * @param runs how many scenarios are tried at most
     * @param progress told each step, in words
     */
    public static Outcome.Failed shrink(
            Outcome.Failed failed, Code code, int runs, Consumer<String> progress) {
        var shrinker = new Shrinker(failed, code, runs, progress);
        shrinker.calmLinks();
        shrinker.endEarly();
        shrinker.leaveOutActs();
        shrinker.leaveOutMembers();
        shrinker.leaveOutActs();
        shrinker.endEarly();
        return shrinker.failed;
    }

    /** Keeps what breaks the same invariant. */
    private boolean keeps(@Nullable Scenario scenario) {
        if (scenario == null || runsLeft <= 0) {
            return false;
        }
        runsLeft--;
        if (Simulation.run(scenario, code, 0) instanceof Outcome.Failed again
                && again.invariant().equals(failed.invariant())) {
            failed = again;
            progress.accept(
                    "%d acts, %d nodes, %d s"
                            .formatted(
                                    scenario.acts().size(),
                                    scenario.members().size(),
                                    scenario.faultMillis() / 1_000));
            return true;
        }
        return false;
    }

    private void leaveOutActs() {
        int chunk = Math.max(1, failed.scenario().acts().size() / 2);
        while (chunk >= 1) {
            boolean shorter = false;
            for (int from = 0; from < failed.scenario().acts().size(); ) {
                if (keeps(failed.scenario().withActs(without(from, chunk)))) {
                    shorter = true;
                } else {
                    from += chunk;
                }
            }
            if (!shorter || chunk > 1) {
                chunk /= 2;
            }
        }
    }

    private List<Act> without(int from, int count) {
        var acts = new ArrayList<>(failed.scenario().acts());
        acts.subList(from, Math.min(acts.size(), from + count)).clear();
        return acts;
    }

    private void leaveOutMembers() {
        while (keeps(failed.scenario().withoutLastMember())) {
            // one fewer
        }
    }

    private void calmLinks() {
        var scenario = failed.scenario();
        if (!keeps(scenario.withLinks(LinkFaults.NONE, 0))) {
            keeps(scenario.withLinks(scenario.links(), 0));
        }
    }

    /** Nothing that lies behind the break matters; of what lies before, the less the better. */
    private void endEarly() {
        long at = failed.at() + 1;
        if (at < failed.scenario().faultMillis()) {
            keeps(failed.scenario().until(at));
        }
        long half = failed.scenario().faultMillis() / 2;
        while (half >= SHORTEST_MILLIS && keeps(failed.scenario().until(half))) {
            half = failed.scenario().faultMillis() / 2;
        }
    }
}
