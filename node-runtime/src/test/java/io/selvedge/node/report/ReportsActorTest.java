// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.selvedge.fabric.Envelope;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.node.report.ReportingNodes.Life;
import io.selvedge.node.store.MemoryDisk;
import io.selvedge.testing.SmallFabric;
import io.selvedge.wire.ReportMessage;
import io.selvedge.wire.ReportMessageCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Edges that report to a connector, over a network in memory (P7). */
class ReportsActorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SmallFabric fabric = new SmallFabric("127.0.87.0/24", 1);
    private final MemorySink sink = new MemorySink(10_000);
    private final MemoryDisk disk = new MemoryDisk();
    private final AtomicBoolean cut = new AtomicBoolean();
    private final SplittableRandom random = new SplittableRandom(1);
    private final MemoryNetwork network = new MemoryNetwork(_ -> cut.get() || isUnlucky());
    private final ReportingNodes nodes = new ReportingNodes(fabric, network);

    @AfterEach
    void shutDown() {
        nodes.close();
    }

    private synchronized boolean isUnlucky() {
        return random.nextInt(5) == 0;
    }

    @Test
    void whatAnEdgeReportsTheConnectorsSinkHoldsOnce() {
        connector();
        var edge = edge(disk, fabric.signer(1));
        edge.report(decisions(0, 300));
        await().atMost(PATIENCE).until(() -> count() == 300 && edge.isEmpty());
        edge.report(decisions(300, 310));
        await().atMost(PATIENCE).until(() -> count() == 310 && edge.isEmpty());
        assertThat(journaled()).containsSequence(decisions(0, 300)).endsWith(decision(309));
    }

    @Test
    void reportsOfACutArriveAfterARestart() throws IOException {
        cut.set(true);
        connector();
        var first = edge(disk, fabric.signer(1));
        first.report(decisions(0, 50));
        await().atMost(PATIENCE).until(() -> first.depth() == 52); // and the start, and a new disk
        nodes.end(first);
        var second = edge(disk, fabric.signer(1));
        cut.set(false);
        await().atMost(PATIENCE).until(() -> count() == 50 && second.isEmpty());
        assertThat(journaled().stream().filter(report -> report instanceof Report.Gap)).isEmpty();
    }

    @Test
    void aDiskThatIsFullStopsNobodyAndNothingUnwrittenIsSent() {
        disk.holdAtMost(0);
        connector();
        var edge = edge(disk, fabric.signer(1));
        edge.report(decisions(0, 5));
        await().atMost(PATIENCE).until(() -> edge.board().reports().failure() != null);
        await().atMost(PATIENCE).until(() -> edge.depth() >= 5);
        assertThat(count()).isZero();
        disk.holdAtMost(Long.MAX_VALUE);
        await().atMost(PATIENCE).until(() -> count() == 5 && edge.isEmpty());
        assertThat(edge.board().reports().failure()).isNull();
    }

    @Test
    void reportsThatAreSignedWithAnotherKeyAreNotTaken() {
        connector();
        var forger = edge(disk, new SmallFabric("127.0.87.0/24", 1).signer(1));
        forger.report(decisions(0, 5));
        await().atMost(PATIENCE).until(() -> forger.depth() > 5);
        nodes.end(forger);
        var honest = edge(new MemoryDisk(), fabric.signer(1));
        honest.report(decisions(10, 11));
        await().atMost(PATIENCE).until(() -> honest.isEmpty());
        assertThat(journaled()).contains(decision(10)).doesNotContain(decision(0));
    }

    @Test
    void anAcknowledgementOfWhoIsNoConnectorForgetsNothing() throws IOException {
        var edge = edge(disk, fabric.signer(1));
        edge.report(decisions(0, 5));
        try (var stranger = network.open(fabric.address(0), (_, _) -> {})) {
            var key = fabric.signer(1).key();
            var welcome = new ReportMessage.Welcome(key, 1_000, 9, 0, false, Hlc.ZERO);
            var body = ReportMessageCodec.encode(welcome);
            var forged = Envelope.seal(Envelope.Kind.REPORTS, fabric.signer(1), body);
            for (int i = 0; i < 20; i++) {
                stranger.send(fabric.address(1), forged);
            }
        }
        connector();
        await().atMost(PATIENCE).until(() -> count() == 5 && edge.isEmpty());
        var status = edge.board().reports().outbox();
        assertThat(status == null ? 0 : status.epoch()).isEqualTo(1);
    }

    @Test
    void aConnectorReportsToItself() {
        var connector = connector();
        connector.report(decisions(0, 20));
        await().atMost(PATIENCE).until(() -> count() == 20 && connector.isEmpty());
    }

    private Life connector() {
        return nodes.live(0, new MemoryDisk(), fabric.signer(0), sink);
    }

    private Life edge(MemoryDisk edgesDisk, RecordSigner signer) {
        return nodes.live(1, edgesDisk, signer, null);
    }

    /** The decisions of a test that were journaled. */
    private long count() {
        Predicate<Report> made =
                report -> report instanceof Report.Started(var why) && why.rule().startsWith("no ");
        return journaled().stream().filter(made).count();
    }

    private List<Report> journaled() {
        return sink.journal().stream()
                .map(each -> ((MemorySink.Entry) each).what().report())
                .toList();
    }

    private static List<Report> decisions(int from, int to) {
        return IntStream.range(from, to).mapToObj(ReportsActorTest::decision).toList();
    }

    private static Report decision(int number) {
        return new Report.Started(Cause.of("no " + number));
    }
}
