// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Gap;
import io.selvedge.model.Reported;
import io.selvedge.report.Inbox.Missing;
import io.selvedge.report.Inbox.Numbered;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InboxTest {
    private final Inbox opened = Inbox.EMPTY.open(new Hello(5, 0));

    @Test
    void takesEachNumberOnceAndInOrder() {
        var first = opened.take(batch(1, 1, 1, 3));
        assertThat(numbers(first)).containsExactly(1L, 2L, 3L);
        assertThat(numbers(first.next().take(batch(1, 1, 1, 3)))).isEmpty();
        assertThat(numbers(first.next().take(batch(1, 1, 2, 5)))).containsExactly(4L, 5L);
        assertThat(numbers(first.next().take(batch(1, 1, 5, 6)))).isEmpty();
    }

    @Test
    void whatIsNotTakenLeavesItAsItWas() {
        var taken = opened.take(batch(1, 1, 1, 3)).next();
        assertThat(taken.take(batch(1, 1, 1, 2)).next()).isEqualTo(taken);
        assertThat(taken.take(batch(1, 1, 9, 9)).next()).isEqualTo(taken);
    }

    @Test
    void aNewEpochEndsTheFormer() {
        var taken = opened.take(batch(1, 1, 1, 3)).next();
        var next = taken.open(new Hello(6, 1));
        assertThat(next.receipt(new Hello(6, 1))).isEqualTo(new Receipt.Opened(2, 3, false));
        assertThat(numbers(next.take(batch(1, 1, 4, 4)))).isEmpty();
        assertThat(next.receipt(batch(1, 1, 4, 4))).isEqualTo(new Receipt.Journaled(2, 0));
        assertThat(numbers(next.take(batch(2, 1, 1, 2)))).containsExactly(1L, 2L);
    }

    @Test
    void theSameAskingHasTheSameAnswer() {
        var again = opened.open(new Hello(5, 0));
        assertThat(again).isEqualTo(opened);
        assertThat(again.receipt(new Hello(5, 0))).isEqualTo(new Receipt.Opened(1, 0, true));
    }

    @Test
    void anEpochIsAboveThoseThatTheNodeKnowsOf() {
        assertThat(Inbox.EMPTY.open(new Hello(1, 9)).epoch()).isEqualTo(10);
    }

    @Test
    void whatTheJournalLostIsSaidToBeMissing() {
        var taken = opened.take(batch(1, 5, 5, 6));
        assertThat(taken.missing()).isEqualTo(new Missing(1, 4));
        assertThat(numbers(taken)).containsExactly(5L, 6L);
        assertThat(taken.next().takenOf(1)).isEqualTo(6);
        var higher = taken.next().take(batch(3, 2, 2, 2));
        assertThat(higher.missing()).isEqualTo(new Missing(1, 1));
        assertThat(higher.next().epoch()).isEqualTo(3);
    }

    @Test
    void ofAGapThatGrewTheRestIsTaken() {
        var taken = opened.take(batch(1, 1, 1, 3)).next();
        var gap = new Gap(Gap.Why.NO_ROOM, 6, Hlc.ZERO);
        var grown = new Batch(1, 2, 2, List.of(reported(gap)));
        assertThat(taken.take(grown).fresh())
                .containsExactly(new Numbered(4, reported(new Gap(Gap.Why.NO_ROOM, 4, Hlc.ZERO))));
        assertThat(taken.take(grown).next().takenOf(1)).isEqualTo(7);
    }

    @Test
    void whatFindsNoRoomComesAgain() {
        assertThat(opened.take(batch(1, 1, 1, 5), 0).next()).isEqualTo(opened);
        var some = opened.take(batch(1, 1, 1, 5), 2);
        assertThat(numbers(some)).containsExactly(1L, 2L);
        assertThat(some.next().takenOf(1)).isEqualTo(2);
        assertThat(numbers(some.next().take(batch(1, 1, 1, 5), 9))).containsExactly(3L, 4L, 5L);
    }

    /** A journal may keep any beginning of what a turn led to. */
    @Test
    void goesOnFromAnyPartOfATurn() {
        var behindTheMissing = opened.tookUpTo(1, 4);
        assertThat(numbers(behindTheMissing.take(batch(1, 5, 5, 6)))).containsExactly(5L, 6L);
        assertThat(opened.take(batch(1, 5, 5, 6)).next())
                .isEqualTo(behindTheMissing.tookUpTo(1, 5).tookUpTo(1, 6));
    }

    @Test
    void remembersTheLatestEpochsAlone() {
        var inbox = opened;
        for (int nonce = 10; nonce < 10 + 2 * Inbox.EPOCHS_MAX; nonce++) {
            inbox = inbox.open(new Hello(nonce, 0));
        }
        assertThat(inbox.upTo()).hasSize(Inbox.EPOCHS_MAX).containsKey(inbox.epoch());
    }

    private static Stream<Long> numbers(Inbox.Taken taken) {
        return taken.fresh().stream().map(Numbered::number);
    }

    private static Batch batch(long epoch, long base, long first, long last) {
        var reports = new ArrayList<Reported>();
        for (long number = first; number <= last; number++) {
            reports.add(reported(new Report.Started(Cause.of("number " + number))));
        }
        return new Batch(epoch, base, first, reports);
    }

    private static Reported reported(Report report) {
        return new Reported(Instant.EPOCH, Hlc.ZERO, report);
    }
}
