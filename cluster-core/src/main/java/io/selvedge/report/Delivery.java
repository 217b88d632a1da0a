// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.wire.ReportMessage;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.FromNode;
import io.selvedge.wire.ReportMessageCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/**
 * What of an outbox is on its way: a window of batches, all of them sent again when nothing is
 * acknowledged for a while, which doubles each time. Times are milliseconds of a clock that never
 * jumps.
 */
final class Delivery {
    private final OutboxSettings settings;

    /** The last number of each batch that is on its way. */
    private final Deque<Long> flights = new ArrayDeque<>();

    private long sentUpTo;
    private long wait;
    private long patientUntil = Long.MIN_VALUE;
    private int silences;

    Delivery(OutboxSettings settings) {
        this.settings = settings;
        this.wait = settings.resendMin().toMillis();
    }

    /** How often in a row nothing was heard when it should have been. */
    int silences() {
        return silences;
    }

    /** Forgets what is on its way: the numbers are others now. */
    void restart() {
        flights.clear();
        sentUpTo = 0;
        heard();
        patientUntil = Long.MIN_VALUE;
    }

    List<FromNode> ask(ReportMessage.Hello hello, long millis) {
        if (millis < patientUntil) {
            return List.of();
        }
        if (patientUntil != Long.MIN_VALUE) {
            silence();
        }
        patientUntil = millis + wait;
        return List.of(hello);
    }

    /** The batches to send of what rests on disk, which are the numbers up to {@code written}. */
    List<FromNode> batches(Collection<Kept> kept, long epoch, long written, long millis) {
        if (!flights.isEmpty() && millis >= patientUntil) {
            flights.clear();
            sentUpTo = 0;
            silence();
        }
        if (flights.isEmpty()) {
            patientUntil = millis + wait;
        }
        var batches = new ArrayList<FromNode>();
        var row = new ArrayList<Kept>();
        int size = 0;
        for (var each : kept) {
            if (flights.size() == settings.window() || each.last() > written) {
                break;
            }
            if (each.first() <= sentUpTo) {
                continue;
            }
            int more = each.size() + ReportMessageCodec.REPORT_OVERHEAD;
            if (!row.isEmpty() && size + more > room()) {
                batches.add(batch(kept, epoch, row));
                row.clear();
                size = 0;
            }
            row.add(each);
            size += more;
        }
        if (!row.isEmpty() && flights.size() < settings.window()) {
            batches.add(batch(kept, epoch, row));
        }
        return batches;
    }

    void acknowledged(long upTo, long millis) {
        flights.removeIf(flight -> flight <= upTo);
        heard();
        patientUntil = millis + wait;
    }

    private Batch batch(Collection<Kept> kept, long epoch, List<Kept> row) {
        sentUpTo = row.getLast().last();
        flights.add(sentUpTo);
        return new Batch(
                epoch,
                kept.iterator().next().first(),
                row.getFirst().first(),
                row.stream().map(Kept::what).toList());
    }

    private int room() {
        return settings.datagram() - ReportMessageCodec.BATCH_OVERHEAD;
    }

    private void silence() {
        silences++;
        wait = Math.min(2 * wait, settings.resendMax().toMillis());
    }

    private void heard() {
        silences = 0;
        wait = settings.resendMin().toMillis();
    }
}
