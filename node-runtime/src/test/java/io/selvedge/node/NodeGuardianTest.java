// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.selvedge.fabric.View;
import io.selvedge.model.Report;
import io.selvedge.node.fabric.FabricActor;
import io.selvedge.node.machine.MachineActor;
import io.selvedge.node.paths.PathsActor;
import io.selvedge.node.report.ReportsActor;
import io.selvedge.testing.SmallFabric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leads to what between the actors of the fabric plane. */
class NodeGuardianTest {
    private static final Duration MOMENT = Duration.ofMillis(200);

    @TempDir private Path folder = Path.of("");

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<FabricActor.Command> fabric = kit.createTestProbe();
    private final TestProbe<MachineActor.Command> machine = kit.createTestProbe();
    private final TestProbe<PathsActor.Command> paths = kit.createTestProbe();
    private final TestProbe<ReportsActor.Command> reports = kit.createTestProbe();
    private final List<Report> reported = new CopyOnWriteArrayList<>();
    private final SmallFabric small = new SmallFabric("127.0.85.0/24", 2);

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void recordsLeadToAPlanAndAPlanToPathsAndGossip() throws IOException {
        var guardian = spawn();
        guardian.tell(new NodeGuardian.Believed(small.view()));
        var plan = ((MachineActor.Reach) machine.receiveMessage()).plan();
        guardian.tell(new NodeGuardian.Reached(plan));
        paths.expectMessage(new PathsActor.Keep(plan));
        fabric.expectMessage(new FabricActor.Bindable(small.address(1)));
        reports.expectMessage(new ReportsActor.Believe(small.view()));
        reports.expectMessage(new ReportsActor.Bindable(small.address(1)));
        assertThat(reported)
                .hasAtLeastOneElementOfType(Report.PlanChanged.class)
                .hasAtLeastOneElementOfType(Report.Tunnel.class);
    }

    @Test
    void actorsThatForgotAreReminded() throws IOException {
        var guardian = spawn();
        guardian.tell(new NodeGuardian.Believed(small.view()));
        var reach = machine.receiveMessage();
        guardian.tell(new NodeGuardian.Reached(((MachineActor.Reach) reach).plan()));
        var keep = paths.receiveMessage();
        var bindable = fabric.receiveMessage();
        time.timePasses(Duration.ofSeconds(6));
        machine.expectMessage(reach);
        paths.expectMessage(keep);
        fabric.expectMessage(bindable);
    }

    @Test
    void whatTheAuthorityPublishedIsRepeated() throws IOException {
        var guardian = spawn();
        guardian.tell(new NodeGuardian.Published(small.records()));
        fabric.expectMessage(new FabricActor.Publish(small.records()));
        time.timePasses(Duration.ofSeconds(61));
        fabric.expectMessage(new FabricActor.Publish(small.records()));
    }

    @Test
    void withoutSettingsNothingIsTakenAway() throws IOException {
        var guardian = spawn();
        guardian.tell(new NodeGuardian.Believed(View.of(List.of(), small.signer(0).key())));
        machine.expectNoMessage(MOMENT);
    }

    private ActorRef<NodeGuardian.Message> spawn() throws IOException {
        var file = folder.resolve("node.conf");
        Files.writeString(file, "selvedge.node { name = a, data-dir = /d, enrolment = /e }");
        var defaults = NodeSettings.load(file).defaults(Set.of());
        return kit.spawn(NodeGuardian.create(SmallFabric.subject(1), defaults, new Probes()));
    }

    /** The actors, as probes. */
    private final class Probes implements NodeGuardian.Family {
        @Override
        public Behavior<FabricActor.Command> fabric(ActorRef<NodeGuardian.Message> guardian) {
            return forward(fabric);
        }

        @Override
        public Behavior<MachineActor.Command> machine(ActorRef<NodeGuardian.Message> guardian) {
            return forward(machine);
        }

        @Override
        public Behavior<PathsActor.Command> paths(ActorRef<NodeGuardian.Message> guardian) {
            return forward(paths);
        }

        @Override
        public Behavior<ReportsActor.Command> reports() {
            return forward(reports);
        }

        @Override
        public void report(List<Report> told) {
            reported.addAll(told);
        }

        @Override
        public void cluster(View view, ActorRef<NodeGuardian.Message> guardian) {}
    }

    private static <T> Behavior<T> forward(TestProbe<T> probe) {
        return Behaviors.receiveMessage(message -> {
            probe.ref().tell(message);
            return Behaviors.same();
        });
    }
}
