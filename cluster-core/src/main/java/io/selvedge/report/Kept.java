// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Gap;
import io.selvedge.model.Reported;
import io.selvedge.wire.ReportCodec;

/**
 * A report in an outbox.
 *
 * @param first the first of its numbers
 * @param size its bytes on disk and in a datagram
 */
record Kept(long first, Reported what, int size) {
    /** What a report takes on the heap beside its bytes, roughly. */
    static final int OVERHEAD = 160;

    static Kept of(long first, Reported what) {
        return new Kept(first, what, ReportCodec.encode(what).size());
    }

    /** The last of its numbers. */
    long last() {
        return first + what.report().numbers() - 1;
    }

    long cost() {
        return (long) size + OVERHEAD;
    }

    boolean isGap() {
        return what.report() instanceof Gap;
    }

    /** The same, from another number on. */
    Kept at(long number) {
        return new Kept(number, what, size);
    }

    /** What stands in its place when it is dropped. */
    Kept dropped() {
        return isGap() ? this : of(first, withReport(new Gap(Gap.Why.NO_ROOM, 1, what.hlc())));
    }

    /** One gap in the place of two that follow each other. */
    Kept joined(Kept next) {
        var gap = (Gap) what.report();
        long numbers = gap.numbers() + next.what.report().numbers();
        return of(first, next.withReport(new Gap(gap.why(), numbers, gap.since())));
    }

    boolean joins(Kept next) {
        return what.report() instanceof Gap(var why, _, _)
                && next.what.report() instanceof Gap(var other, _, _)
                && why == other;
    }

    /** What is left of a gap behind a number that lies within. */
    Kept behind(long number) {
        var gap = (Gap) what.report();
        return of(number + 1, withReport(new Gap(gap.why(), last() - number, gap.since())));
    }

    Hlc hlc() {
        return what.hlc();
    }

    private Reported withReport(Report report) {
        return new Reported(what.at(), what.hlc(), report);
    }
}
