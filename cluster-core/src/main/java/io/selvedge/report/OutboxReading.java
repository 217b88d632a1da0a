// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.model.Hlc;
import io.selvedge.model.Report.Gap;
import io.selvedge.model.Reported;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What the lines of a file say of an outbox. Whenever something may be missing, the outbox has to
 * ask for a new epoch, because numbers that it no longer knows of may have been given.
 *
 * @param epoch the current one; 0 when one is to be asked for
 * @param former when one is to be asked for, that of the reports up to {@code formerLast}
 * @param last the last number given
 */
record OutboxReading(
        long epoch, long former, long formerLast, long last, Hlc hlc, List<Kept> kept) {
    OutboxReading {
        kept = List.copyOf(kept);
    }

    static OutboxReading of(List<OutboxLine> lines, boolean damaged, Instant now) {
        return new Fold().all(lines).reading(damaged, now);
    }

    /** Reads line by line. */
    private static final class Fold {
        private final Deque<Kept> kept = new ArrayDeque<>();
        private boolean headed;
        private long current;
        private long highest;
        private long highestLast;
        private long last;
        private Hlc hlc = Hlc.ZERO;

        Fold all(List<OutboxLine> lines) {
            for (var line : lines) {
                switch (line) {
                    case OutboxLine.Head head -> head(head);
                    case OutboxLine.Entry(long epoch, long number, var what) ->
                            entry(epoch, Kept.of(number, what));
                    case OutboxLine.Acknowledged(long epoch, long upTo) ->
                            acknowledged(epoch, upTo);
                }
            }
            return this;
        }

        private void head(OutboxLine.Head head) {
            headed = true;
            current = head.epoch();
            hlc = hlc.max(head.hlc());
            number(head.epoch(), head.last());
        }

        private void entry(long epoch, Kept next) {
            if (next.first() <= last && !kept.isEmpty()) {
                return; // a head that rotted leaves the lines behind it alone
            }
            if ((headed || !kept.isEmpty()) && next.first() > last + 1) {
                var before = justBefore(next.hlc());
                var lost = new Gap(Gap.Why.DISK, next.first() - last - 1, before);
                kept.add(Kept.of(last + 1, new Reported(next.what().at(), before, lost)));
            }
            kept.add(next);
            hlc = hlc.max(next.hlc());
            number(epoch, next.last());
        }

        /** Later than what lies before the reports that were lost. */
        private static Hlc justBefore(Hlc hlc) {
            return hlc.count() > 0
                    ? new Hlc(hlc.millis(), hlc.count() - 1)
                    : new Hlc(Math.max(0, hlc.millis() - 1), Integer.MAX_VALUE);
        }

        private void number(long epoch, long number) {
            last = Math.max(last, number);
            if (epoch > 0) {
                highest = Math.max(highest, epoch);
                highestLast = last;
            }
        }

        private void acknowledged(long epoch, long upTo) {
            if (epoch == current || !headed) {
                number(epoch, upTo);
                Outbox.drop(kept, upTo);
            }
        }

        OutboxReading reading(boolean damaged, Instant now) {
            if (headed && !damaged) {
                return current > 0
                        ? new OutboxReading(current, 0, 0, last, hlc, new ArrayList<>(kept))
                        : new OutboxReading(
                                0, highest, highestLast, last, hlc, new ArrayList<>(kept));
            }
            var clock = new HybridClock(hlc);
            var lost = new Gap(Gap.Why.DISK, 1, hlc);
            kept.add(Kept.of(last + 1, new Reported(now, clock.next(now), lost)));
            return new OutboxReading(
                    0, highest, highestLast, last + 1, clock.last(), new ArrayList<>(kept));
        }
    }
}
