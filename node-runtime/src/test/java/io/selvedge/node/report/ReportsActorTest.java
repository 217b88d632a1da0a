// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import io.selvedge.fabric.Envelope;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.node.store.MemoryDisk;
import io.selvedge.report.OutboxSettings;
import io.selvedge.testing.SmallFabric;
import io.selvedge.wire.ReportMessage;
import io.selvedge.wire.ReportMessageCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Edges that report to a connector, over a network in memory (P7). */
class ReportsActorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final OutboxSettings SETTINGS =
            new OutboxSettings(1 << 20, 1_090, 16, Duration.ofMillis(100), Duration.ofSeconds(1));

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.load("fabric"));
    private final SmallFabric fabric = new SmallFabric("127.0.87.0/24", 1);
    private final MemorySink sink = new MemorySink(10_000);
    private final MemoryDisk disk = new MemoryDisk();
    private long lives;
    private final AtomicBoolean cut = new AtomicBoolean();
    private final SplittableRandom random = new SplittableRandom(1);
    private final MemoryNetwork network = new MemoryNetwork(_ -> cut.get() || isUnlucky());

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    private synchronized boolean isUnlucky() {
        return random.nextInt(5) == 0;
    }

    /** An actor and what it is fed by. */
    private record Life(ActorRef<ReportsActor.Command> actor, Intake intake, StatusBoard board) {
        void report(int from, int to) {
            IntStream.range(from, to).forEach(number -> intake.offer(decision(number)));
        }

        boolean isEmpty() {
            var status = board.reports().outbox();
            return status != null && status.epoch() > 0 && status.depth() == 0;
        }
    }

    @Test
    void whatAnEdgeReportsTheConnectorsSinkHoldsOnce() {
        connector();
        var edge = edge(disk, fabric.signer(1));
        edge.report(0, 300);
        await().atMost(PATIENCE).until(() -> count() == 300 && edge.isEmpty());
        edge.report(300, 310);
        await().atMost(PATIENCE).until(() -> count() == 310 && edge.isEmpty());
        assertThat(journaled()).containsSequence(decisions(0, 300)).endsWith(decision(309));
    }

    @Test
    void reportsOfACutArriveAfterARestart() throws IOException {
        cut.set(true);
        connector();
        var first = edge(disk, fabric.signer(1));
        first.report(0, 50);
        await().atMost(PATIENCE).until(() -> depth(first) == 52); // and the start, and a new disk
        kit.stop(first.actor());
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
        edge.report(0, 5);
        await().atMost(PATIENCE).until(() -> edge.board().reports().failure() != null);
        await().atMost(PATIENCE).until(() -> depth(edge) >= 5);
        assertThat(count()).isZero();
        disk.holdAtMost(Long.MAX_VALUE);
        await().atMost(PATIENCE).until(() -> count() == 5 && edge.isEmpty());
        assertThat(edge.board().reports().failure()).isNull();
    }

    @Test
    void reportsThatAreSignedWithAnotherKeyAreNotTaken() {
        connector();
        var forger = edge(disk, new SmallFabric("127.0.87.0/24", 1).signer(1));
        forger.report(0, 5);
        await().atMost(PATIENCE).until(() -> depth(forger) > 5);
        kit.stop(forger.actor());
        var honest = edge(new MemoryDisk(), fabric.signer(1));
        honest.report(10, 11);
        await().atMost(PATIENCE).until(() -> honest.isEmpty());
        assertThat(journaled()).contains(decision(10)).doesNotContain(decision(0));
    }

    @Test
    void anAcknowledgementOfWhoIsNoConnectorForgetsNothing() throws IOException {
        var edge = edge(disk, fabric.signer(1));
        edge.report(0, 5);
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
        connector.report(0, 20);
        await().atMost(PATIENCE).until(() -> count() == 20 && connector.isEmpty());
    }

    private Life connector() {
        return live(0, new MemoryDisk(), fabric.signer(0), sink);
    }

    private Life edge(MemoryDisk disk, RecordSigner signer) {
        return live(1, disk, signer, null);
    }

    private Life live(
            int node, MemoryDisk disk, RecordSigner signer, @Nullable ReportSink reportSink) {
        var intake = new Intake(1_000);
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
                                        reportSink,
                                        board,
                                        InstantSource.system(),
                                        1_000L * ++lives)));
        actor.tell(new ReportsActor.Believe(fabric.view()));
        actor.tell(new ReportsActor.Bindable(fabric.address(node)));
        actor.tell(new ReportsActor.Reach(new TreeSet<>(Set.of(SmallFabric.subject(1 - node)))));
        return new Life(actor, intake, board);
    }

    private static int depth(Life life) {
        var status = life.board().reports().outbox();
        return status == null ? 0 : status.depth();
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
