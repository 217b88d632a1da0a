// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.model.Report.Gap;
import io.selvedge.model.Reported;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.FromNode;
import io.selvedge.wire.ReportMessage.Hello;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was taken of one node's reports: the receiver's half of an {@link Outbox}. Takes every
 * number once, in order, of the current epoch alone; what comes too early is not taken, and comes
 * again. Of the node, whatever key it signs with: its disk goes on numbering under a new key, and
 * what arrived under the old one must not count anew. Immutable, so that it can be part of a
 * journaled state: give a {@link #receipt} only when what it tells of is durable.
 *
 * @param nonce of the {@link Hello} that the current epoch answers
 * @param epoch the current one; 0 before the first
 * @param upTo the last number taken, by epoch, of the last few epochs
 * @param any whether anything was ever taken
 */
public record Inbox(long nonce, long epoch, SortedMap<Long, Long> upTo, boolean any) {
    private static final long FORMER_MAX = 1L << 48;

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

    /** With an epoch above all that were; this one for the same asking. */
    public Inbox open(Hello hello) {
        boolean again = epoch > 0 && hello.nonce() == nonce;
        // What a node makes up must not use up the numbers.
        long former = Math.clamp(hello.former(), 0, FORMER_MAX);
        return again ? this : opened(Math.max(epoch, former) + 1, hello.nonce());
    }

    /** With an epoch that was opened. */
    public Inbox opened(long next, long asked) {
        var all = new TreeMap<>(upTo);
        all.put(next, 0L);
        return new Inbox(asked, next, latest(all), any);
    }

    /** With the numbers of an epoch taken up to one. */
    public Inbox tookUpTo(long current, long number) {
        var all = new TreeMap<>(upTo);
        all.put(current, number);
        return new Inbox(nonce, current, latest(all), true);
    }

    /** What is answered to a message that led here. */
    public Receipt receipt(FromNode message) {
        return switch (message) {
            case Hello hello -> new Receipt.Opened(epoch, takenOf(hello.former()), !any);
            case Batch _ -> new Receipt.Journaled(epoch, takenOf(epoch));
        };
    }

    /** Takes what is new in a batch; {@code next} equals this when nothing is. */
    public Taken take(Batch batch) {
        return take(batch, Integer.MAX_VALUE);
    }

    /** Takes at most so many reports; the others come again. */
    public Taken take(Batch batch, int most) {
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
            if (fresh.size() >= most) {
                break;
            }
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
                : new Taken(tookUpTo(batch.epoch(), behind), missing, fresh);
    }

    /** Of a gap whose beginning was taken, what lies behind that. */
    private static Numbered rest(Reported reported, long taken, long last) {
        var gap = (Gap) reported.report();
        var rest = new Gap(gap.why(), last - taken, gap.since());
        return new Numbered(taken + 1, new Reported(reported.at(), reported.hlc(), rest));
    }

    private static SortedMap<Long, Long> latest(TreeMap<Long, Long> all) {
        while (all.size() > EPOCHS_MAX) {
            all.pollFirstEntry();
        }
        return all;
    }
}
