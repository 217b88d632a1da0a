// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.shell.LocalEntities;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Reported;
import io.selvedge.model.Subject;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Reports a second that Node entities take, of many nodes at once and each node's next batch when
 * its last is answered; of the node alone, and half of them of its tunnels, which journal them too.
 * Beside rows of the same size that one connection inserts in batches of 400. On both databases,
 * waiting for the disk.
 */
final class ReportRate {
    private static final int NODES = 200;
    private static final int BATCHES = 6;
    private static final int BATCH = 50;
    private static final int PEERS = 4;
    private static final int ROW_BYTES = 400;
    private static final int REPORTS = NODES * BATCHES * BATCH;

    private ReportRate() {}

    public static void main(String[] arguments) throws Exception {
        BothDatabases.measure(ReportRate::measure);
    }

    private static void measure(String database, JournalSettings settings) throws Exception {
        try (var journal = Journal.open(settings, TestJournals.alone("c1"));
                var entities = new LocalEntities(journal, new Cores("beijing", Wishes.signer()))) {
            report(entities, "warm", 2);
            double own =
                    BothDatabases.perSecond(
                            REPORTS, () -> report(entities, "own", Integer.MAX_VALUE));
            double tunnels = BothDatabases.perSecond(REPORTS, () -> report(entities, "tunnels", 2));
            double raw =
                    BothDatabases.perSecond(
                            REPORTS, () -> JournalRate.raw(journal, REPORTS, ROW_BYTES));
            System.out.printf(
                    "%s: %.0f reports/s of %d nodes, %.0f with every other of a tunnel, %.0f rows/s inserted in batches of %d%n",
                    database, own, NODES, tunnels, raw, JournalRate.BATCH);
        }
    }

    private static void report(LocalEntities entities, String prefix, int tunnelEvery) {
        var done = new ArrayList<CompletableFuture<Void>>();
        for (int n = 0; n < NODES; n++) {
            var node = new Subject("beijing", prefix + n);
            var last = say(entities, node, new NodeCommand.Open(new Hello(1, 0), Instant.now()));
            for (int b = 0; b < BATCHES; b++) {
                var batch = batch(node, 1 + b * BATCH, tunnelEvery);
                last =
                        last.thenCompose(_ ->
                                say(entities, node, new NodeCommand.Take(batch, Instant.now())));
            }
            done.add(
                    last.thenAccept(
                                    receipt -> {
                                        if (!receipt.equals(
                                                new Receipt.Journaled(1, BATCHES * BATCH))) {
                                            throw new IllegalStateException(
                                                    node + " got " + receipt);
                                        }
                                    })
                            .toCompletableFuture());
        }
        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).join();
    }

    private static CompletionStage<Receipt> say(
            LocalEntities entities, Subject node, NodeCommand command) {
        return entities.say(new Tell(node.toString(), command))
                .thenApply(outcome -> {
                    var receipt = outcome.receipt();
                    if (receipt == null) {
                        throw new IllegalStateException(node + " did not answer");
                    }
                    return receipt;
                });
    }

    private static Batch batch(Subject node, long first, int tunnelEvery) {
        var cause = Cause.of("relay at once", List.of("Community beijing/community:line@1.3"));
        var reports = new ArrayList<Reported>();
        for (int i = 0; i < BATCH; i++) {
            var peer = new Subject(node.cluster(), node.uid() + "-peer" + i % PEERS);
            reports.add(
                    new Reported(
                            Instant.now(),
                            new Hlc(first + i, 0),
                            i % tunnelEvery == 1
                                    ? new Report.Tunnel(peer, Stage.RELAYED, Way.RELAY, cause)
                                    : new Report.PlanChanged(3, 1, cause)));
        }
        return new Batch(1, 1, first, reports);
    }
}
