// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.model.Reported;
import io.selvedge.report.Receipt;
import io.selvedge.report.Receipt.Journaled;
import io.selvedge.report.Receipt.Opened;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.FromNode;
import io.selvedge.wire.ReportMessage.Hello;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every {@link ReportSink} promises. */
abstract class ReportSinkContract {
    abstract ReportSink sink();

    /** The numbers that were journaled of the world's node, in their order. */
    abstract List<Long> journaled() throws Exception;

    @Test
    void takesEachNumberOnce() throws Exception {
        assertThat(hand(new Hello(7, 0))).isEqualTo(new Opened(1, 0, true));
        assertThat(hand(batch(1, 1, 3))).isEqualTo(new Journaled(1, 3));
        assertThat(hand(batch(1, 1, 3))).isEqualTo(new Journaled(1, 3));
        assertThat(hand(batch(1, 3, 4))).isEqualTo(new Journaled(1, 4));
        assertThat(journaled()).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void whatComesTooEarlyIsNotTaken() throws Exception {
        hand(new Hello(7, 0));
        assertThat(hand(batch(1, 2, 3))).isEqualTo(new Journaled(1, 0));
        assertThat(journaled()).isEmpty();
    }

    @Test
    void anotherEpochIsOpenedWithWhatWasTakenOfTheFormer() throws Exception {
        hand(new Hello(7, 0));
        hand(batch(1, 1, 3));
        assertThat(hand(new Hello(8, 1))).isEqualTo(new Opened(2, 3, false));
        assertThat(hand(new Hello(8, 1))).isEqualTo(new Opened(2, 3, false));
        assertThat(hand(batch(1, 4, 4))).isEqualTo(new Journaled(2, 0));
        assertThat(journaled()).containsExactly(1L, 2L, 3L);
    }

    final Receipt hand(FromNode message) {
        return sink().hand(ReportWorld.NODE, message)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    static Batch batch(long epoch, long first, long last) {
        var reports =
                LongStream.rangeClosed(first, last)
                        .mapToObj(number ->
                                new Reported(
                                        Instant.EPOCH,
                                        new Hlc(number, 0),
                                        new Report.Started(Cause.of("number " + number))))
                        .toList();
        return new Batch(epoch, 1, first, reports);
    }
}
