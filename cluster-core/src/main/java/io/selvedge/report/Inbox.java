// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.model.Report.Gap;
import io.selvedge.model.Reported;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was taken of one record key's reports: the receiver's half of an {@link Outbox}. Takes every
 * number once, in order, of the current epoch alone; what comes too early is not taken, and comes
 * again. Immutable, so that it can be part of a journaled state: acknowledge what a turn says only
 * when its {@code next} is durable.
 *
 * @param nonce of the {@link Hello} that the current epoch answers
 * @param epoch the current one; 0 before the first
 * @param upTo the last number taken, by epoch, of the last few epochs
 * @param any whether anything was ever taken
 */
public record Inbox(long nonce, long epoch, SortedMap<Long, Long> upTo, boolean any) {
    /** Epochs whose last number is remembered. */
    static final int EPOCHS_MAX = 64;

    public static final Inbox EMPTY = new Inbox(0, 0, new TreeMap<>(), false);

    public Inbox {
        upTo = Collections.unmodifiableSortedMap(new TreeMap<>(upTo));
    }

    /** A report and the first of its numbers. */
    public record Numbered(long number, Reported what) {}

    /** Numbers that the node no longer has, and that were never taken: the journal lost them. */
    public record Missing(long first, long last) {}

    /**
     * What a {@link Hello} led to.
     *
     * @param formerUpTo the last number taken of the epoch that it named
     * @param first whether nothing was ever taken
     */
    public record Opened(Inbox next, long formerUpTo, boolean first) {}

    /**
     * What of a batch is new.
     *
     * @param missing what lies before it and will never come
     */
    public record Taken(Inbox next, @Nullable Missing missing, List<Numbered> fresh) {
        public Taken {
            fresh = List.copyOf(fresh);
        }
    }

    /** The last number taken of an epoch; 0 when none was. */
    public long takenOf(long epoch) {
        return upTo.getOrDefault(epoch, 0L);
    }

    /** Opens an epoch above all that were; the same for the same asking. */
    public Opened open(Hello hello) {
        boolean again = epoch > 0 && hello.nonce() == nonce;
        var next = again ? this : opened(Math.max(epoch, hello.former()) + 1, hello.nonce());
        return new Opened(next, takenOf(hello.former()), !any);
    }

    /** Takes what is new in a batch; {@code next} equals this when nothing is. */
    public Taken take(Batch batch) {
        if (batch.epoch() < epoch) {
            return new Taken(this, null, List.of());
        }
        long taken = takenOf(batch.epoch());
        var missing = taken + 1 < batch.base() ? new Missing(taken + 1, batch.base() - 1) : null;
        long behind = missing == null ? taken : missing.last();
        var fresh = new ArrayList<Numbered>();
        long number = batch.first();
        if (number > behind + 1) {
            return new Taken(this, null, List.of());
        }
        for (var reported : batch.reports()) {
            long last = number + reported.report().numbers() - 1;
            if (last > behind) {
                fresh.add(
                        number > behind
                                ? new Numbered(number, reported)
                                : rest(reported, behind, last));
                behind = last;
            }
            number = last + 1;
        }
        return fresh.isEmpty()
                ? new Taken(this, null, List.of())
                : new Taken(with(batch.epoch(), behind), missing, fresh);
    }

    /** Of a gap whose beginning was taken, what lies behind that. */
    private static Numbered rest(Reported reported, long taken, long last) {
        var gap = (Gap) reported.report();
        var rest = new Gap(gap.why(), last - taken, gap.since());
        return new Numbered(taken + 1, new Reported(reported.at(), reported.hlc(), rest));
    }

    private Inbox opened(long epoch, long nonce) {
        var all = new TreeMap<>(upTo);
        all.put(epoch, 0L);
        return new Inbox(nonce, epoch, latest(all), any);
    }

    private Inbox with(long current, long taken) {
        var all = new TreeMap<>(upTo);
        all.put(current, taken);
        return new Inbox(nonce, current, latest(all), true);
    }

    private static SortedMap<Long, Long> latest(TreeMap<Long, Long> all) {
        while (all.size() > EPOCHS_MAX) {
            all.pollFirstEntry();
        }
        return all;
    }
}
