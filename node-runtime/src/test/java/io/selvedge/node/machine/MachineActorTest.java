// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.machine;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import io.selvedge.node.NodeSettings;
import io.selvedge.node.driver.memory.MemoryDriver;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.plan.IpResource;
import io.selvedge.plan.Plan;
import io.selvedge.testing.SmallFabric;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shell of the reconciler: when it looks, and what it does after a failure. */
class MachineActorTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final MemoryDriver<IpResource> ip = new MemoryDriver<>("ip");
    private final StatusBoard board = new StatusBoard();
    private final TestProbe<Plan> reached = kit.createTestProbe();
    private final SmallFabric fabric = new SmallFabric("127.0.82.0/24", 2);

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void tellsThePlanOnceTheMachineHoldsIt() {
        var actor = spawn();
        actor.tell(new MachineActor.Reach(fabric.plan(1)));
        reached.expectMessage(fabric.plan(1));
        assertThat(ip.observe()).isEqualTo(fabric.plan(1).ip().keySet());
        assertThat(board.machine().clean()).isTrue();
    }

    @Test
    void triesAgainLaterAndLaterAfterFailures() {
        ip.failNext(3);
        spawn().tell(new MachineActor.Reach(fabric.plan(1)));
        reached.expectNoMessage(Duration.ofMillis(100));
        assertThat(board.machine().failure()).contains("apply again");
        time.timePasses(SECOND);
        reached.expectNoMessage(Duration.ofMillis(100));
        time.timePasses(SECOND);
        reached.expectNoMessage(Duration.ofMillis(100));
        time.timePasses(SECOND);
        reached.expectNoMessage(Duration.ofMillis(100));
        time.timePasses(SECOND.multipliedBy(4));
        reached.expectMessage(fabric.plan(1));
        assertThat(board.machine().failure()).isNull();
    }

    @Test
    void looksAgainEveryIntervalAndHealsDrift() {
        var actor = spawn();
        actor.tell(new MachineActor.Reach(fabric.plan(1)));
        reached.expectMessage(fabric.plan(1));
        ip.drift("unreachable 10.244.0.0/16");
        time.timePasses(Duration.ofSeconds(30));
        reached.awaitAssert(() -> {
            assertThat(ip.observe()).contains("unreachable 10.244.0.0/16");
            return true;
        });
    }

    @Test
    void theLatestPlanWins() {
        var actor = spawn();
        actor.tell(new MachineActor.Reach(fabric.plan(1)));
        actor.tell(new MachineActor.Reach(fabric.plan(2)));
        reached.fishForMessage(
                Duration.ofSeconds(5),
                plan ->
                        plan.equals(fabric.plan(2))
                                ? FishingOutcomes.complete()
                                : FishingOutcomes.continueAndIgnore());
        assertThat(ip.observe()).isEqualTo(fabric.plan(2).ip().keySet());
    }

    private akka.actor.typed.ActorRef<MachineActor.Command> spawn() {
        var reconciler =
                new Reconciler(
                        List.of(new Part<>(ip, Plan::ip)),
                        new OperationLedger(),
                        InstantSource.system());
        var settings =
                new NodeSettings.Reconcile(Duration.ofSeconds(30), SECOND, Duration.ofSeconds(10));
        var behavior =
                MachineActor.create(
                        reconciler, settings, board, plan -> reached.ref().tell(plan), _ -> {});
        return kit.spawn(behavior);
    }
}
