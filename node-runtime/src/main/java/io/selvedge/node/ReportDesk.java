// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.selvedge.model.Cause;
import io.selvedge.model.Report;
import io.selvedge.node.fabric.GossipSocket;
import io.selvedge.node.report.Intake;
import io.selvedge.node.report.Refusals;
import io.selvedge.node.report.ReportSink;
import io.selvedge.node.report.ReportsActor;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.node.store.FolderDisk;
import io.selvedge.report.OutboxSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts of a node leave what is to be reported, and what carries it on. Thread-safe;
 * nobody who leaves something waits.
 */
final class ReportDesk {
    private static final int INTAKE_MAX = 4_096;

    private final Intake intake = new Intake(INTAKE_MAX);
    private final Refusals refusals = new Refusals();
    private final SecureRandom random = new SecureRandom();

    void offer(List<Report> reports) {
        intake.offer(reports);
    }

    void refused(String from, String why) {
        refusals.note(from, why);
    }

    /** An operation heals when it undoes what somebody else did. */
    void operation(OperationLedger.Operation operation) {
        if (operation.isDrift()) {
            var cause = operation.cause().substring(OperationLedger.DRIFT.length());
            intake.offer(
                    new Report.DriftHealed(operation.driver(), operation.count(), Cause.of(cause)));
        }
    }

    /**
     * The actor that carries on what was left; another one each time it starts.
     *
     * @param sink where reports of others go; null where no authority lives
     */
    Behavior<ReportsActor.Command> behavior(
            NodeSettings settings,
            Identity identity,
            StatusBoard board,
            @Nullable ReportSink sink) {
        return Behaviors.setup(_ ->
                ReportsActor.create(
                        new ReportsActor.Parts(
                                identity.subject(),
                                identity.signer(),
                                FolderDisk.at(settings.dataDir().resolve("outbox")),
                                OutboxSettings.DEFAULT.withBytes(settings.outboxBytes()),
                                intake,
                                refusals,
                                (address, received) ->
                                        GossipSocket.open(
                                                address,
                                                settings.gatewayPort(),
                                                "reports-socket",
                                                received),
                                sink,
                                board,
                                InstantSource.system(),
                                random.nextLong())));
    }
}
