// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import io.selvedge.sim.world.Code;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A broken invariant, told so that a person can follow it and run it again. */
public final class Report {
    private static final int TRACED = 400;

    private Report() {}

    /** The lines of it: what broke, how to see it again, what happened, and a sequence diagram. */
    public static List<String> of(Outcome.Failed failed, long seed, Code code) {
        var traced = failed;
        if (failed.trace().isEmpty()
                && Simulation.run(failed.scenario(), code, TRACED)
                        instanceof Outcome.Failed again) {
            traced = again;
        }
        var scenario = traced.scenario();
        var lines = new ArrayList<String>();
        lines.add("broken: " + traced.invariant());
        lines.add("because: " + traced.explanation());
        lines.add("at: %.3f s of virtual time".formatted(traced.at() / 1_000.0));
        lines.add("seed: %d, selvedge %s, commit %s".formatted(seed, version(), Commit.name()));
        lines.add("again: ./selvedge simulate chaos --seed " + seed + " --shrink");
        lines.add("");
        lines.add(
                "%d nodes (node 0 is the connector), Communities %s, links %s"
                        .formatted(
                                scenario.members().size(),
                                scenario.communities(),
                                scenario.links()));
        for (int node = 0; node < scenario.members().size(); node++) {
            var member = scenario.members().get(node);
            lines.add("  n" + node + " " + member + " " + scenario.sites().get(member.site()));
        }
        lines.add("acts, until faults stop at %d ms:".formatted(scenario.faultMillis()));
        scenario.acts().forEach(act -> lines.add("  " + act));
        lines.add("");
        lines.add("what happened last:");
        lines.addAll(traced.trace());
        return lines;
    }

    static String version() {
        var properties = new Properties();
        try (var in = Report.class.getResourceAsStream("/io/selvedge/cli/version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException unreadable) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }
}
