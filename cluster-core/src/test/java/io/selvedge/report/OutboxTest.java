// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Gap;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Reported;
import io.selvedge.model.Subject;
import io.selvedge.testing.TestKeys;
import io.selvedge.wire.ReportMessage;
import io.selvedge.wire.ReportMessage.Ack;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import io.selvedge.wire.ReportMessage.Welcome;
import io.selvedge.wire.ReportMessageCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final OutboxSettings SMALL =
            new OutboxSettings(12_000, 400, 3, Duration.ofMillis(500), Duration.ofSeconds(4));

    private final List<OutboxLine> file = new ArrayList<>();
    private Outbox outbox = open(false, 1);

    @Test
    void asksForAnEpochBeforeItSendsAnything() {
        outbox.add(decision(1), NOW);
        write();
        assertThat(outbox.due(0)).containsExactly(new Hello(1, 0));
        welcome(1, 1, 0, true);
        assertThat(outbox.due(0)).isEmpty();
        write();
        assertThat(reports(outbox.due(0))).containsExactly(decision(1));
    }

    @Test
    void aFirstDiskIsNoLoss() {
        welcome(1, 1, 0, true);
        assertThat(outbox.status().depth()).isZero();
    }

    @Test
    void aNewDiskUnderAnOldKeyIsAGap() {
        welcome(1, 5, 0, false);
        write();
        assertThat(reports(outbox.due(0)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Gap.class, gap -> assertThat(gap.why()).isEqualTo(Gap.Why.DISK));
    }

    @Test
    void sendsOnlyWhatRestsOnDisk() {
        joined();
        outbox.add(decision(1), NOW);
        assertThat(outbox.due(0)).isEmpty();
        write();
        outbox.add(decision(2), NOW);
        assertThat(reports(outbox.due(0))).containsExactly(decision(1));
    }

    @Test
    void sendsAWindowAndThenWhatIsBehindTheAcknowledged() {
        joined();
        for (int i = 1; i <= 40; i++) {
            outbox.add(decision(i), NOW);
        }
        write();
        var window = batches(outbox.due(0));
        assertThat(window).hasSize(SMALL.window());
        assertThat(window)
                .allSatisfy(batch ->
                        assertThat(ReportMessageCodec.encode(batch).size())
                                .isLessThanOrEqualTo(SMALL.datagram()));
        assertThat(outbox.due(10)).isEmpty();
        long upTo = window.getFirst().reports().size();
        ack(1, upTo, 20);
        assertThat(batches(outbox.due(20)))
                .singleElement()
                .satisfies(next -> assertThat(next.base()).isEqualTo(upTo + 1));
    }

    @Test
    void sendsAgainWithBackOffUntilAcknowledged() {
        joined();
        outbox.add(decision(1), NOW);
        write();
        var first = outbox.due(0);
        assertThat(outbox.due(499)).isEmpty();
        assertThat(outbox.due(500)).isEqualTo(first);
        assertThat(outbox.due(1_499)).isEmpty();
        assertThat(outbox.due(1_500)).isEqualTo(first);
        assertThat(outbox.silences()).isEqualTo(2);
        ack(1, 1, 1_600);
        assertThat(outbox.silences()).isZero();
        assertThat(outbox.due(100_000)).isEmpty();
    }

    @Test
    void decisionsOutliveTelemetryAndWhatIsDroppedIsAGap() {
        joined();
        int added = 0;
        while (outbox.status().dropped() == 0) {
            outbox.add(++added % 5 == 0 ? decision(added) : telemetry(), NOW);
        }
        write();
        var kept = keptReports();
        for (int i = 5; i <= added; i += 5) {
            assertThat(kept).contains(decision(i));
        }
        assertThat(kept.getFirst())
                .isEqualTo(new Gap(Gap.Why.NO_ROOM, 4, new Hlc(NOW.toEpochMilli(), 1)));
        assertThat(kept.stream().mapToLong(Report::numbers).sum()).isEqualTo(added);
    }

    @Test
    void decisionsAreDroppedOldestFirstAndJoinOneGap() {
        joined();
        for (int i = 1; i <= 500; i++) {
            outbox.add(decision(i), NOW.plusSeconds(i));
        }
        write();
        var kept = keptReports();
        assertThat(kept.getFirst())
                .isInstanceOfSatisfying(
                        Gap.class,
                        gap -> {
                            assertThat(gap.why()).isEqualTo(Gap.Why.NO_ROOM);
                            assertThat(gap.since().millis())
                                    .isEqualTo(NOW.plusSeconds(1).toEpochMilli());
                            assertThat(gap.numbers()).isEqualTo(500 - (kept.size() - 1));
                        });
        assertThat(kept.getLast()).isEqualTo(decision(500));
        assertThat(kept.stream().filter(Gap.class::isInstance)).hasSize(1);
        assertThat(outbox.status().bytes()).isLessThanOrEqualTo(SMALL.bytesMax());
    }

    @Test
    void goesOnWhereItWasAfterACleanStart() {
        joined();
        outbox.add(decision(1), NOW);
        outbox.add(decision(2), NOW);
        write();
        ack(1, 1, 0);
        outbox.add(decision(3), NOW);
        write();
        outbox = open(false, 9);
        assertThat(batches(outbox.due(0)))
                .singleElement()
                .satisfies(batch -> {
                    assertThat(batch.first()).isEqualTo(2);
                    assertThat(batch.reports().stream().map(Reported::report))
                            .containsExactly(decision(2), decision(3));
                });
    }

    @Test
    void theLogicalClockOutlivesAcknowledgedReportsAndAWallClockThatJumpsBack() {
        joined();
        outbox.add(decision(1), NOW);
        write();
        ack(1, 1, 0);
        outbox.compact();
        write();
        outbox = open(false, 9);
        outbox.add(decision(2), Instant.EPOCH);
        write();
        var reported = batches(outbox.due(0)).getFirst().reports().getFirst();
        assertThat(reported.hlc()).isGreaterThan(new Hlc(NOW.toEpochMilli(), 0));
        assertThat(reported.at()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void afterDamageWhatWasTakenIsForgottenAndTheRestNumberedAnew() {
        joined();
        for (int i = 1; i <= 4; i++) {
            outbox.add(decision(i), NOW);
        }
        write();
        file.removeLast();
        outbox = open(true, 9);
        outbox.add(decision(5), NOW);
        write();
        assertThat(outbox.due(0)).containsExactly(new Hello(9, 1));
        welcome(9, 2, 2, false);
        write();
        var batch = batches(outbox.due(0)).getFirst();
        assertThat(batch.epoch()).isEqualTo(2);
        assertThat(batch.first()).isEqualTo(1);
        assertThat(reports(List.of(batch)))
                .satisfiesExactly(
                        three -> assertThat(three).isEqualTo(decision(3)),
                        gap -> assertThat(gap).isInstanceOf(Gap.class),
                        five -> assertThat(five).isEqualTo(decision(5)));
    }

    @Test
    void aReportThatRottedAmongOthersIsAGapInItsPlace() {
        joined();
        for (int i = 1; i <= 3; i++) {
            outbox.add(decision(i), NOW);
        }
        write();
        file.removeIf(line -> line instanceof OutboxLine.Entry(_, long number, _) && number == 2);
        outbox = open(true, 9);
        welcome(9, 2, 0, false);
        write();
        var batch = batches(outbox.due(0)).getFirst();
        assertThat(reports(List.of(batch)))
                .startsWith(decision(1), new Gap(Gap.Why.DISK, 1, new Hlc(NOW.toEpochMilli(), 2)))
                .contains(decision(3));
        assertThat(batch.reports().stream().map(Reported::hlc)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anAcknowledgementOfWhatWasNeverGivenMakesItAskAgain() {
        joined();
        outbox.add(decision(1), NOW);
        write();
        ack(1, 100, 0);
        write();
        assertThat(outbox.due(0)).containsExactly(new Hello(2, 1));
        welcome(2, 7, 100, false);
        write();
        assertThat(outbox.status().epoch()).isEqualTo(7);
    }

    @Test
    void whatWasSaidOfAnotherAskingIsNotHeard() {
        welcome(77, 3, 0, false);
        assertThat(outbox.status().epoch()).isZero();
    }

    private void joined() {
        welcome(1, 1, 0, true);
        write();
    }

    private void welcome(long nonce, long epoch, long formerUpTo, boolean first) {
        outbox.received(
                new Welcome(TestKeys.signer(1).key(), nonce, epoch, formerUpTo, first, Hlc.ZERO),
                0);
    }

    private void ack(long epoch, long upTo, long millis) {
        outbox.received(new Ack(TestKeys.signer(1).key(), epoch, upTo, Hlc.ZERO), millis);
    }

    private Outbox open(boolean damaged, long nonce) {
        return Outbox.of(file, damaged, NOW, nonce, SMALL);
    }

    private void write() {
        switch (outbox.pending()) {
            case Outbox.Nothing _ -> {}
            case Outbox.Append(var lines) -> file.addAll(lines);
            case Outbox.Rewrite(var lines) -> {
                file.clear();
                file.addAll(lines);
            }
        }
        outbox.written();
    }

    /** All that is kept, as a file written anew has it. */
    private List<Report> keptReports() {
        outbox.compact();
        return ((Outbox.Rewrite) outbox.pending())
                .lines().stream()
                        .map(line -> line instanceof OutboxLine.Entry entry ? entry : null)
                        .filter(Objects::nonNull)
                        .map(entry -> entry.what().report())
                        .toList();
    }

    private static List<Batch> batches(List<ReportMessage.FromNode> messages) {
        return messages.stream().map(Batch.class::cast).toList();
    }

    private static List<Report> reports(List<? extends ReportMessage> messages) {
        return messages.stream()
                .flatMap(message -> ((Batch) message).reports().stream())
                .map(Reported::report)
                .toList();
    }

    private static Report decision(int number) {
        return new Report.Started(Cause.of("decision " + number));
    }

    private static Report telemetry() {
        return new Report.RecordRefused("somebody", 1, Cause.of("unreadable"));
    }

    @Test
    void tunnelsAreDecisionsButForNewKeys() {
        var peer = new Subject("beijing", "edge2");
        for (var stage : Stage.values()) {
            var weight = new Report.Tunnel(peer, stage, Way.LAN, Cause.of("why")).weight();
            assertThat(weight == Report.Weight.TELEMETRY).isEqualTo(stage == Stage.REKEYED);
        }
    }
}
