// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import io.selvedge.sim.check.Invariants;
import io.selvedge.sim.check.Liveness;
import io.selvedge.sim.scenario.Draw;
import io.selvedge.sim.scenario.Scenario;
import io.selvedge.sim.world.Broken;
import io.selvedge.sim.world.Code;
import io.selvedge.sim.world.Director;
import io.selvedge.sim.world.Trace;
import io.selvedge.sim.world.World;
import java.util.ArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Runs a scenario from its beginning to its end: safety is looked after at every event; then faults
 * stop, and what has to come about is waited for, each thing within its bound.
 */
public final class Simulation {
    /**
     * How long after the last heal records may differ among nodes that reach each other. The
     * promise is 10 s, which a sweep's 99th percentile is held to; one world may lose one packet
     * too many.
     */
    static final long EQUAL_MAX_MILLIS = 15_000;

    /** The same where every fifth packet is lost: a handshake of IKE takes two exchanges. */
    static final long EQUAL_MAX_LOSSY_MILLIS = 30_000;

    /** From this share of packets lost on, it is lossy. */
    private static final double LOSSY = 0.1;

    /** How long what a driver only said it did may go undetected: the interval of reconciling. */
    static final long FOUND_OUT_MAX_MILLIS = 45_000;

    /** How long packets may take to flow after that. */
    static final long REACHED_MAX_MILLIS = 60_000;

    /** How long nothing may be done to a machine when nothing changes, in every tenth world. */
    static final long QUIET_MILLIS = 60_000;

    /** The same in other worlds. */
    static final long QUIET_BRIEFLY_MILLIS = 5_000;

    private static final long SETTLED_MAX_MILLIS = 120_000;
    private static final long POLL_MILLIS = 250;

    private final Scenario scenario;
    private final World world;
    private final Director director;
    private final Liveness liveness;
    private final Trace trace;

    private Simulation(Scenario scenario, Code code, int traced) {
        this.scenario = scenario;
        this.trace = new Trace(traced);
        this.world = new World(scenario, code, trace);
        this.director = new Director(world);
        this.liveness = new Liveness(world);
        world.witness(new Invariants(world));
    }

    /** The world of a seed. */
    public static Outcome of(long seed) {
        return run(Draw.scenario(seed), Code.SHIPPED, 0);
    }

    /**
     * Runs to the end, or to the first thing that does not hold.
     *
     * @param traced how many lines of what happened are kept
     */
    public static Outcome run(Scenario scenario, Code code, int traced) {
        var simulation = new Simulation(scenario, code, traced);
        // What its nodes would log is in the trace; logback.xml drops what is said here.
        try (var _ = MDC.putCloseable("simulated", "true")) {
            return simulation.run();
        } catch (Broken broken) {
            return simulation.failed(broken.invariant(), broken.explanation());
        } catch (RuntimeException bug) {
            return simulation.failed("no exception", describe(bug));
        }
    }

    private static String describe(RuntimeException bug) {
        var at = bug.getStackTrace().length == 0 ? "" : " at " + bug.getStackTrace()[0];
        return bug + at;
    }

    private Outcome.Failed failed(String invariant, String explanation) {
        var lines = new ArrayList<>(trace.lines());
        if (!lines.isEmpty()) {
            lines.add("");
            lines.addAll(trace.diagram());
        }
        return new Outcome.Failed(scenario, invariant, explanation, world.timeline().now(), lines);
    }

    private Outcome run() {
        director.begin();
        runUntil(scenario.faultMillis());
        director.heal(scenario.healLoss());
        await("lies are found out", FOUND_OUT_MAX_MILLIS, liveness::isTruthful);
        long bound = scenario.healLoss() < LOSSY ? EQUAL_MAX_MILLIS : EQUAL_MAX_LOSSY_MILLIS;
        long equal = await("records become equal", bound, liveness::areRecordsEqual);
        director.heal(0);
        long reached =
                await("endpoints are believed", EQUAL_MAX_MILLIS, liveness::areEndpointsBelieved)
                        + await(
                                "plans mirror each other",
                                REACHED_MAX_MILLIS,
                                liveness::arePlansMirrored)
                        + await("pods reach each other", REACHED_MAX_MILLIS, liveness::doPodsReach);
        awaitQuiet();
        return new Outcome.Held(scenario, world.timeline().happened(), equal, reached);
    }

    private void runUntil(long limit) {
        while (world.step(limit)) {
            // the world goes on
        }
    }

    private long await(String what, long bound, Supplier<@Nullable String> missing) {
        long from = world.timeline().now();
        var lacks = missing.get();
        while (lacks != null) {
            if (world.timeline().now() - from >= bound) {
                throw new Broken(what, "after %d s still: %s".formatted(bound / 1_000, lacks));
            }
            runUntil(world.timeline().now() + POLL_MILLIS);
            lacks = missing.get();
        }
        return world.timeline().now() - from;
    }

    /**
     * When nothing changes, nothing is done, and what was reached stays so: in the end. A daemon
     * may still find that a peer was silent for too long, and begin anew.
     */
    private void awaitQuiet() {
        long from = world.timeline().now();
        long quietSince = from;
        long operations = liveness.operations();
        long quiet = scenario.seed() % 10 == 0 ? QUIET_MILLIS : QUIET_BRIEFLY_MILLIS;
        while (world.timeline().now() - quietSince < quiet) {
            if (quietSince - from > SETTLED_MAX_MILLIS) {
                throw new Broken(
                        "quiet when nothing changes",
                        "operations go on and on, or: " + liveness.doPodsReach());
            }
            runUntil(world.timeline().now() + 1_000);
            long now = liveness.operations();
            if (now != operations || liveness.doPodsReach() != null) {
                operations = now;
                quietSince = world.timeline().now();
            }
        }
    }
}
