// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.sim.net.LinkFaults;
import io.selvedge.sim.scenario.Act;
import io.selvedge.sim.scenario.Act.Misuse;
import io.selvedge.sim.scenario.Member;
import io.selvedge.sim.scenario.Place;
import io.selvedge.sim.scenario.Scenario;
import io.selvedge.sim.world.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That the simulator can fail: code that does one thing wrong breaks just the invariant that this
 * is about, in a small world that the code that ships gets through.
 */
class BrokenCodeTest {
    private static final LinkFaults CORRUPT = new LinkFaults(0, 5, 5, 0, 0, 0.2, 0);

    private static final LinkFaults DOUBLING = new LinkFaults(0, 5, 5, 0.2, 0, 0, 0);

    static Stream<Arguments> broken() {
        return Stream.of(
                of(
                        "no revoked key is used",
                        BrokenCode.thatForgetsRevocations(),
                        world(new Act.Removed(10_000, 2))),
                of("no path between strangers", BrokenCode.thatLetsEverybodyPass(), world()),
                of(
                        "no plan from what is not believed",
                        BrokenCode.thatTrustsAnyGrant(),
                        world(new Act.Misuses(10_000, 1, Misuse.SELF_GRANT))),
                of(
                        "no plan from what is not authentic",
                        BrokenCode.thatTrustsAnySignature(),
                        world(moves()).withLinks(CORRUPT, 0)),
                of("fail closed", BrokenCode.thatLeavesRoutesOpen(), world()),
                of("fail closed", BrokenCode.thatInstallsNoFilter(), world()),
                of(
                        "nothing regresses",
                        BrokenCode.thatStoresNothing(),
                        world(new Act.Crash(10_000, 1, 1, false), new Act.Start(11_000, 1))),
                of(
                        "no version twice",
                        BrokenCode.thatReservesNothing(),
                        world(
                                new Act.Crash(10_000, 1, 1, false),
                                new Act.DiskRots(11_000, 1, 200),
                                new Act.Moves(11_500, 1),
                                new Act.Start(12_000, 1))),
                of(
                        "nothing is told before it rests on disk",
                        BrokenCode.thatSendsBeforeItStores(),
                        world(new Act.Moves(10_000, 1))),
                of("records become equal", BrokenCode.thatTellsNobody(), world()));
    }

    @ParameterizedTest(name = "{0} ({index})")
    @MethodSource("broken")
    void isCaught(String invariant, Code code, Scenario scenario) {
        assertThat(Simulation.run(scenario, Code.SHIPPED, 0)).isInstanceOf(Outcome.Held.class);

        var outcome = Simulation.run(scenario, code, 0);

        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        assertThat(((Outcome.Failed) outcome).invariant()).isEqualTo(invariant);
    }

    @Test
    void whatBreaksIsMadeShort() {
        var acts = new ArrayList<>(List.of(moves()));
        var misuse = new Act.Misuses(10_000, 1, Misuse.SELF_GRANT);
        acts.add(misuse);
        acts.add(new Act.Joins(13_000, 0, 3));
        acts.add(new Act.ClockJumps(14_000, 1, 60_000));
        var code = BrokenCode.thatTrustsAnyGrant();
        var scenario = world(acts.toArray(Act[]::new)).withLinks(DOUBLING, 0.02);
        var failed = (Outcome.Failed) Simulation.run(scenario, code, 0);

        var steps = new ArrayList<String>();
        var shrunk = Shrinker.shrink(failed, code, 100, steps::add);

        assertThat(steps).isNotEmpty();
        assertThat(shrunk.invariant()).isEqualTo(failed.invariant());
        assertThat(shrunk.scenario().acts()).containsExactly(misuse);
        assertThat(shrunk.scenario().members())
                .hasSizeLessThan(scenario.members().size())
                .hasSizeGreaterThan(misuse.node());
        assertThat(shrunk.scenario().links()).isEqualTo(LinkFaults.NONE);
        assertThat(Report.of(shrunk, scenario.seed(), code))
                .anyMatch(line -> line.startsWith("broken: no plan from what"))
                .anyMatch(line -> line.contains("sequenceDiagram"))
                .anyMatch(line -> line.contains("Misuses["));
    }

    private static Arguments of(String invariant, Code code, Scenario scenario) {
        return Arguments.of(invariant, code, scenario);
    }

    /** A connector, two nodes of one site, and one behind a NAT that talks to the second. */
    private static Scenario world(Act... acts) {
        SortedSet<Integer> pair = new TreeSet<>(Set.of(2, 3));
        SortedSet<Integer> siteMates = new TreeSet<>(Set.of(1, 2));
        return new Scenario(
                1,
                List.of(new Place(0, false), new Place(0, false), new Place(60_000, true)),
                List.of(
                        new Member(0, true, 0),
                        new Member(1, false, 500),
                        new Member(1, false, 1_000),
                        new Member(2, false, 1_500)),
                List.of(pair, siteMates),
                LinkFaults.NONE,
                List.of(acts),
                20_000,
                0);
    }

    /** Much news, so that much of it is corrupt. */
    private static Act[] moves() {
        var acts = new ArrayList<Act>();
        for (int i = 0; i < 10; i++) {
            acts.add(new Act.Moves(6_000 + 500L * i, 1 + i % 3));
        }
        return acts.toArray(Act[]::new);
    }
}
