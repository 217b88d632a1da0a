// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.FabricNode;
import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Subject;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planner;
import io.selvedge.sim.scenario.Act;
import io.selvedge.sim.scenario.Draw;
import io.selvedge.sim.world.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** That the simulator can fail: code that is broken in one way is caught, and by what. */
class BrokenCodeTest {
    private static final int SEEDS_MAX = 60;

    /** Plans from other statements than those that the node believes. */
    private abstract static class OtherBelief implements Code {
        abstract List<Statement> twist(List<Statement> held);

        @Override
        public Plan plan(
                Subject self, View view, FabricNode node, RecordKey root, NodeDefaults defaults) {
            var twisted = twist(node.records().statements());
            return Planner.plan(self, View.of(twisted, root), defaults);
        }
    }

    @Test
    void forgettingRevocationsIsCaught() {
        var forgetful =
                new OtherBelief() {
                    @Override
                    List<Statement> twist(List<Statement> held) {
                        return held.stream()
                                .filter(each -> !(each.payload() instanceof Payload.Revocation))
                                .toList();
                    }
                };
        assertThat(firstBroken(forgetful).invariant()).isEqualTo("no revoked key is used");
    }

    @Test
    void takingEverybodyForAMemberIsCaught() {
        var trusting =
                new OtherBelief() {
                    @Override
                    List<Statement> twist(List<Statement> held) {
                        return held.stream().map(BrokenCodeTest::withEverybody).toList();
                    }
                };
        assertThat(firstBroken(trusting).invariant())
                .isIn(
                        "no path between strangers",
                        "no plan from what is not believed",
                        "plans mirror each other");
    }

    @Test
    void leavingOutWhatFailsClosedIsCaught() {
        Code open =
                new Code() {
                    @Override
                    public Plan plan(
                            Subject self,
                            View view,
                            FabricNode node,
                            RecordKey root,
                            NodeDefaults defaults) {
                        var plan = Planner.plan(self, view, defaults);
                        var ip = new TreeMap<>(plan.ip());
                        ip.keySet().removeIf(key -> key.startsWith("unreachable"));
                        return new Plan(
                                plan.self(),
                                plan.ownAddress(),
                                ip,
                                plan.filter(),
                                plan.cni(),
                                plan.relay(),
                                plan.direct(),
                                plan.peers());
                    }
                };
        assertThat(firstBroken(open).invariant()).isEqualTo("fail closed");
    }

    @Test
    void storingNothingIsCaught() {
        Code careless =
                new Code() {
                    @Override
                    public boolean does(FabricNode.Effect effect) {
                        return !(effect instanceof FabricNode.Reserve)
                                && !(effect instanceof FabricNode.Store);
                    }
                };
        assertThat(firstBroken(careless).invariant())
                .isIn("no version twice", "nothing regresses", "no false alarm", "all join again");
    }

    @Test
    void believingForgeriesIsCaught() {
        Code gullible =
                new Code() {
                    @Override
                    public boolean trustsAnySignature() {
                        return true;
                    }
                };
        assertThat(firstBroken(gullible).invariant())
                .isIn("no plan from what is not authentic", "no plan from what is not believed");
    }

    @Test
    void tellingNobodyIsCaught() {
        Code silent =
                new Code() {
                    @Override
                    public boolean does(FabricNode.Effect effect) {
                        return !(effect instanceof FabricNode.Send);
                    }
                };
        assertThat(firstBroken(silent).invariant()).isEqualTo("records become equal");
    }

    @Test
    void whatBreaksIsMadeShort() {
        var forgetful =
                new OtherBelief() {
                    @Override
                    List<Statement> twist(List<Statement> held) {
                        return held.stream()
                                .filter(each -> !(each.payload() instanceof Payload.Revocation))
                                .toList();
                    }
                };
        var failed = firstBroken(forgetful);

        var steps = new ArrayList<String>();
        var shrunk = Shrinker.shrink(failed, forgetful, 60, steps::add);

        assertThat(steps).isNotEmpty();
        assertThat(shrunk.invariant()).isEqualTo(failed.invariant());
        assertThat(shrunk.scenario().acts()).hasSizeLessThanOrEqualTo(2);
        assertThat(Report.of(shrunk, failed.scenario().seed(), forgetful))
                .anyMatch(line -> line.startsWith("broken: no revoked key"))
                .anyMatch(line -> line.contains("sequenceDiagram"))
                .anyMatch(line -> line.contains("Removed["));
    }

    private static Outcome.Failed firstBroken(Code code) {
        for (long seed = 1; seed <= SEEDS_MAX; seed++) {
            var scenario = Draw.scenario(seed);
            boolean telling =
                    scenario.faultMillis() < 100_000
                            && scenario.acts().stream().anyMatch(Act.Removed.class::isInstance);
            if (telling && Simulation.run(scenario, code, 0) instanceof Outcome.Failed failed) {
                return failed;
            }
        }
        throw new AssertionError("nothing broke in " + SEEDS_MAX + " worlds");
    }

    private static Statement withEverybody(Statement said) {
        return switch (said.payload()) {
            case Payload.Community(var name, _) -> {
                var all = new TreeSet<Subject>();
                for (int node = 0; node < 10; node++) {
                    all.add(new Subject("sim", "u" + node));
                }
                yield new Statement(said.header(), new Payload.Community(name, all));
            }
            case Payload.NodeGrant grant ->
                    new Statement(
                            said.header(),
                            new Payload.NodeGrant(
                                    grant.name(),
                                    grant.roles(),
                                    grant.site(),
                                    grant.zone(),
                                    grant.region(),
                                    grant.fabricAddress(),
                                    grant.podCidrs(),
                                    grant.publicAddresses(),
                                    new TreeSet<>(List.of("c0")),
                                    grant.backbone(),
                                    grant.recordKey(),
                                    grant.ikeKey()));
            default -> said;
        };
    }
}
