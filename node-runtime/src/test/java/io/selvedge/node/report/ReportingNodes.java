// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.Report;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.node.store.MemoryDisk;
import io.selvedge.report.OutboxSettings;
import io.selvedge.testing.SmallFabric;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Nodes of a small fabric that report to its connector, which is the first of them. */
final class ReportingNodes implements AutoCloseable {
    private static final OutboxSettings SETTINGS =
            new OutboxSettings(1 << 20, 1_090, 16, Duration.ofMillis(100), Duration.ofSeconds(1));
    private static final int INTAKE_MAX = 1_000;

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.load("fabric"));
    private final SmallFabric fabric;
    private final Transport.Opener network;
    private long lives;

    ReportingNodes(SmallFabric fabric, Transport.Opener network) {
        this.fabric = fabric;
        this.network = network;
    }

    /** An actor and what it is fed by. */
    record Life(ActorRef<ReportsActor.Command> actor, Intake intake, StatusBoard board) {
        void report(List<Report> reports) {
            intake.offer(reports);
        }

        int depth() {
            var status = board.reports().outbox();
            return status == null ? 0 : status.depth();
        }

        boolean isEmpty() {
            var status = board.reports().outbox();
            return status != null && status.epoch() > 0 && status.depth() == 0;
        }
    }

    Life live(int node, MemoryDisk disk, RecordSigner signer, @Nullable ReportSink sink) {
        return live(node, disk, signer, sink, new Intake(INTAKE_MAX));
    }

    /** With what an earlier life had yet to take. */
    Life live(
            int node,
            MemoryDisk disk,
            RecordSigner signer,
            @Nullable ReportSink sink,
            Intake intake) {
        var board = new StatusBoard();
        var actor =
                kit.spawn(
                        ReportsActor.create(
                                new ReportsActor.Parts(
                                        SmallFabric.subject(node),
                                        signer,
                                        disk,
                                        SETTINGS,
                                        intake,
                                        new Refusals(),
                                        network,
                                        sink,
                                        board,
                                        InstantSource.system(),
                                        1_000L * ++lives)));
        actor.tell(new ReportsActor.Believe(fabric.view()));
        actor.tell(new ReportsActor.Bindable(fabric.address(node)));
        actor.tell(new ReportsActor.Reach(new TreeSet<>(Set.of(SmallFabric.subject(0)))));
        return new Life(actor, intake, board);
    }

    /** Ends the actor, and waits until it has. */
    void end(Life life) {
        kit.stop(life.actor());
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }
}
