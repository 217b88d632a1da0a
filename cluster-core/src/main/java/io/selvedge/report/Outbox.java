// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.model.Report;
import io.selvedge.model.Report.Gap;
import io.selvedge.model.Reported;
import io.selvedge.wire.ReportMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The reports of a node that nobody has acknowledged yet, numbered without a hole: what had to be
 * dropped is a {@link Gap} in its place. Decisions outlive telemetry.
 *
 * <p>A number is given once in an epoch. After a start from a disk that may have lost something the
 * outbox asks the receiver for a new epoch, learns what was taken of the former, and numbers the
 * rest anew; until then it goes on taking reports and sends none.
 *
 * <p>Owned by one thread, which puts {@link #pending} on disk, says so by {@link #written}, and
 * then sends what is {@link #due}: nothing is sent that does not rest on disk. Times in
 * milliseconds are of a clock that never jumps.
 */
public final class Outbox {
    /** Acknowledgements that may stay unwritten: a start would send no more than that again. */
    private static final long UNWRITTEN_ACKS_MAX = 64;

    private final OutboxSettings settings;
    private final HybridClock clock;
    private final Delivery delivery;
    private Deque<Kept> kept;
    private long bytes;
    private long epoch;
    private long former;
    private long formerLast;
    private long last;
    private long written;
    private long base;
    private long baseWritten;
    private boolean rewrite;
    private long nonce;
    private long dropped;

    /** What has to be put on disk. */
    public sealed interface Pending {}

    public record Nothing() implements Pending {}

    /** Lines to be added. */
    public record Append(List<OutboxLine> lines) implements Pending {}

    /** All lines, in the place of those that are there. */
    public record Rewrite(List<OutboxLine> lines) implements Pending {}

    /**
     * How an outbox does.
     *
     * @param oldest when the oldest report was made; null when all are acknowledged
     * @param acknowledged the last number acknowledged in {@code epoch}
     * @param dropped the reports of this life that became part of a gap
     */
    public record Status(
            int depth,
            long bytes,
            @Nullable Instant oldest,
            long epoch,
            long acknowledged,
            long dropped) {}

    private Outbox(OutboxReading reading, long nonce, OutboxSettings settings) {
        this.settings = settings;
        this.clock = new HybridClock(reading.hlc());
        this.delivery = new Delivery(settings);
        this.kept = new ArrayDeque<>(reading.kept());
        this.bytes = cost(kept);
        this.epoch = reading.epoch();
        this.former = reading.former();
        this.formerLast = reading.formerLast();
        this.last = reading.last();
        this.written = reading.last();
        this.base = kept.isEmpty() ? last + 1 : kept.getFirst().first();
        this.baseWritten = base;
        this.nonce = nonce;
        this.rewrite = epoch == 0;
    }

    /**
     * Goes on from the lines of a file.
     *
     * @param damaged whether there may have been more of them
     * @param nonce never used before, by this node
     */
    public static Outbox of(
            List<OutboxLine> lines,
            boolean damaged,
            Instant now,
            long nonce,
            OutboxSettings settings) {
        return new Outbox(OutboxReading.of(lines, damaged, now), nonce, settings);
    }

    /** Takes a report. */
    public void add(Report report, Instant now) {
        var next = Kept.of(last + 1, new Reported(now, clock.next(now), report));
        kept.add(next);
        bytes += next.cost();
        last = next.last();
        if (bytes > settings.bytesMax()) {
            trim();
        }
    }

    /** Takes note of reports that found no room on their way here. */
    public void missed(long many, Instant now) {
        add(new Gap(Gap.Why.NO_ROOM, many, clock.last()), now);
        dropped += many;
    }

    /** What the disk has yet to hold. */
    public Pending pending() {
        if (rewrite) {
            return new Rewrite(image());
        }
        var lines = new ArrayDeque<OutboxLine>();
        for (var each = kept.descendingIterator(); each.hasNext(); ) {
            var next = each.next();
            if (next.first() <= written) {
                break;
            }
            lines.addFirst(new OutboxLine.Entry(epoch, next.first(), next.what()));
        }
        boolean ackDue =
                base > baseWritten
                        && (!lines.isEmpty()
                                || kept.isEmpty()
                                || base - baseWritten >= UNWRITTEN_ACKS_MAX);
        if (ackDue) {
            lines.addFirst(new OutboxLine.Acknowledged(epoch, base - 1));
        }
        return lines.isEmpty() ? new Nothing() : new Append(List.copyOf(lines));
    }

    /** Takes note that what was {@link #pending} rests on disk. */
    public void written() {
        written = last;
        baseWritten = base;
        rewrite = false;
    }

    /** Makes all that is kept {@link #pending}, so that the file holds nothing else. */
    public void compact() {
        rewrite = true;
    }

    /** What is to be sent now. */
    public List<ReportMessage.FromNode> due(long millis) {
        return epoch == 0
                ? delivery.ask(new ReportMessage.Hello(nonce, former), millis)
                : delivery.batches(kept, epoch, written, millis);
    }

    /** Takes what a gateway said. */
    public void received(ReportMessage.FromGateway message, long millis) {
        clock.follow(message.now());
        switch (message) {
            case ReportMessage.Welcome welcome -> {
                if (epoch == 0 && welcome.nonce() == nonce) {
                    adopt(welcome);
                }
            }
            case ReportMessage.Ack(_, long acked, long upTo, _) -> {
                if (epoch != 0 && (acked > epoch || (acked == epoch && upTo > written))) {
                    ask();
                } else if (acked == epoch && upTo >= base) {
                    drop(kept, upTo);
                    base = upTo + 1;
                    bytes = cost(kept);
                    delivery.acknowledged(upTo, millis);
                }
            }
        }
    }

    /** How often in a row nothing was heard when it should have been. */
    public int silences() {
        return delivery.silences();
    }

    public Status status() {
        var oldest = kept.peekFirst();
        return new Status(
                kept.size(),
                bytes,
                oldest == null ? null : oldest.what().at(),
                epoch,
                epoch == 0 ? 0 : base - 1,
                dropped);
    }

    /** Forgets what lies up to a number; of a gap around it, that part. */
    static void drop(Deque<Kept> kept, long upTo) {
        while (!kept.isEmpty() && kept.getFirst().first() <= upTo) {
            var first = kept.removeFirst();
            if (first.last() > upTo) {
                kept.addFirst(first.behind(upTo));
            }
        }
    }

    private void ask() {
        former = epoch;
        formerLast = last;
        epoch = 0;
        nonce++;
        rewrite = true;
        delivery.restart();
    }

    private void adopt(ReportMessage.Welcome welcome) {
        drop(kept, Math.min(welcome.formerUpTo(), formerLast));
        var first = kept.peekFirst();
        boolean neverMissed = former == 0 && welcome.first();
        if (neverMissed && first != null && isLostDisk(first)) {
            kept.removeFirst();
        }
        var anew = new ArrayDeque<Kept>();
        long number = 0;
        for (var each : kept) {
            anew.add(each.at(number + 1));
            number = anew.getLast().last();
        }
        kept = anew;
        bytes = cost(kept);
        epoch = welcome.epoch();
        former = 0;
        formerLast = 0;
        last = number;
        written = 0;
        base = 1;
        baseWritten = 1;
        rewrite = true;
        delivery.restart();
    }

    private static boolean isLostDisk(Kept first) {
        return first.what().report() instanceof Gap(var why, _, _) && why == Gap.Why.DISK;
    }

    private void trim() {
        long target = settings.bytesMax() / 4 * 3;
        drop(each -> each.what().report().weight() == Report.Weight.TELEMETRY, target);
        if (bytes > settings.bytesMax() / 8 * 7) {
            drop(_ -> true, target);
        }
        rewrite = true;
    }

    /** Puts gaps in the place of the oldest of some, until the rest fits; never of the newest. */
    private void drop(Predicate<Kept> which, long target) {
        var row = new ArrayDeque<Kept>();
        long over = bytes - target;
        var newest = kept.peekLast();
        for (var each : kept) {
            var next = each;
            if (over > 0 && !each.equals(newest) && !each.isGap() && which.test(each)) {
                next = each.dropped();
                dropped++;
            }
            var before = row.peekLast();
            if (before != null && before.joins(next) && before.last() != formerLast) {
                next = row.removeLast().joined(next);
                over -= before.cost();
            }
            row.add(next);
            over -= each.cost() - next.cost();
        }
        kept = row;
        bytes = cost(kept);
    }

    private List<OutboxLine> image() {
        var lines = new ArrayList<OutboxLine>();
        long before = kept.isEmpty() ? last : kept.getFirst().first() - 1;
        lines.add(new OutboxLine.Head(epoch, before, clock.last()));
        for (var each : kept) {
            long of = epoch == 0 && each.first() <= formerLast ? former : epoch;
            lines.add(new OutboxLine.Entry(of, each.first(), each.what()));
        }
        return List.copyOf(lines);
    }

    private static long cost(Deque<Kept> kept) {
        return kept.stream().mapToLong(Kept::cost).sum();
    }
}
