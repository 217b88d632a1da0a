// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Gap;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Subject;
import io.selvedge.node.store.MemoryDisk;
import io.selvedge.report.Outbox;
import io.selvedge.report.OutboxSettings;
import io.selvedge.report.Receipt;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.ReportMessage;
import io.selvedge.wire.ReportMessage.FromGateway;
import io.selvedge.wire.ReportMessage.FromNode;
import io.selvedge.wire.ReportMessageCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A node that reports, through lives and disks, over a network that loses, doubles and delays, to a
 * sink that forgets nothing; all from one seed. Reports are counted at both ends: each that was on
 * disk has to arrive once, or to lie in a gap.
 */
final class ReportWorld {
    static final Subject NODE = new Subject("beijing", "edge1");
    static final Subject PEER = new Subject("beijing", "edge2");

    private static final RecordKey KEY = RecordKey.ofHex("11".repeat(32));

    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private final SplittableRandom random;
    private final OutboxSettings settings;
    private double loss;
    private final Ledger ledger;
    private final PriorityQueue<Flight> flights = new PriorityQueue<>();
    private final Map<Integer, Boolean> durable = new HashMap<>();
    private MemoryDisk disk = new MemoryDisk();
    private @Nullable Life life;
    private long millis;
    private long clockOff;
    private int lives;
    private int made;
    private boolean diskHarmed;
    private long order;

    /** A message on its way. */
    private record Flight(long at, long order, Bytes message, boolean toNode)
            implements Comparable<Flight> {
        @Override
        public int compareTo(Flight other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    /** What a process holds, until it dies. */
    private static final class Life {
        final OutboxFile file;
        final Outbox outbox;
        final List<Integer> unwritten = new ArrayList<>();

        Life(OutboxFile file, Outbox outbox) {
            this.file = file;
            this.outbox = outbox;
        }
    }

    ReportWorld(long seed, OutboxSettings settings, double loss, Ledger ledger) {
        this.ledger = ledger;
        this.random = new SplittableRandom(seed);
        this.settings = settings;
        this.loss = loss;
    }

    MemoryDisk disk() {
        return disk;
    }

    SplittableRandom random() {
        return random;
    }

    int made() {
        return made;
    }

    /** Starts the process, if it does not run. */
    void start() throws IOException {
        if (life != null) {
            return;
        }
        disk.lock();
        var file = OutboxFile.open(disk);
        var found = file.found();
        life =
                new Life(
                        file,
                        Outbox.of(
                                found.lines(), found.damaged(), now(), 1_000L * ++lives, settings));
    }

    /** Makes a report: two in three are decisions. */
    void report() {
        if (life != null) {
            int number = ++made;
            var cause = Cause.of("report " + number);
            life.outbox.add(
                    switch (number % 6) {
                        case 0, 3 -> new Report.RecordRefused("somebody", 1, cause);
                        case 1 -> new Report.Tunnel(PEER, Stage.RELAYED, Way.RELAY, cause);
                        default -> new Report.Started(cause);
                    },
                    now());
            life.unwritten.add(number);
        }
    }

    /** What the actor does each tick. */
    void tick() {
        millis += 100;
        if (life != null) {
            try {
                life.file.write(life.outbox.pending());
                life.outbox.written();
                life.unwritten.forEach(number -> durable.put(number, true));
                life.unwritten.clear();
            } catch (IOException notNow) {
                // tried again on the next tick
            }
            life.outbox.due(millis).forEach(message -> send(message, false));
        }
        deliver();
    }

    /** The process dies; the disk is as it is. */
    void kill() {
        life = null;
        disk.restart();
    }

    /** The machine dies, in the middle of whatever it did. */
    void losePower() {
        life = null;
        disk.losePower(random);
    }

    void loseDisk() {
        life = null;
        disk = new MemoryDisk();
        diskHarmed = true;
        durable.clear(); // of what lay on it, what did not arrive is lost; a gap says so
    }

    /** What was durable and then lost its bytes, wherever they were. */
    void rot() throws IOException {
        diskHarmed = true;
        life = null;
        disk.restart();
        if (disk.list().contains(OutboxFile.NAME)) {
            int size = disk.read(OutboxFile.NAME).length;
            if (size > 0) {
                disk.flip(OutboxFile.NAME, random.nextLong(size * 8L));
            }
        }
    }

    /** From now on the network loses nothing. */
    void heal() {
        loss = 0;
    }

    /** The wall clock jumps. */
    void jump() {
        clockOff = random.nextLong(-3_600_000, 3_600_000);
    }

    /** Lets faults rest until everything is acknowledged. */
    void settle() throws IOException {
        disk.keepPower();
        disk.holdAtMost(Long.MAX_VALUE);
        start();
        var now = Objects.requireNonNull(life);
        int ticks = 0;
        do {
            tick();
            assertThat(++ticks).as("ticks until all is acknowledged").isLessThan(5_000);
        } while (now.outbox.status().depth() > 0 || now.outbox.status().epoch() == 0);
    }

    /**
     * P7: nothing twice, nothing missing without a gap, in order.
     *
     * @return how many reports that were on disk lie in gaps
     */
    long check() {
        var seen = new HashSet<Integer>();
        var last = Hlc.ZERO;
        long epoch = 0;
        long number = 0;
        long gaps = 0;
        for (var journaled : ledger.journal()) {
            assertThat(journaled).isInstanceOf(MemorySink.Entry.class);
            var entry = (MemorySink.Entry) journaled;
            assertThat(entry.number()).isEqualTo(entry.epoch() > epoch ? 1 : number + 1);
            if (!diskHarmed || entry.epoch() == epoch) { // the disk holds the clock, too
                assertThat(entry.what().hlc()).isGreaterThan(last);
            }
            epoch = entry.epoch();
            number = entry.number() + entry.what().report().numbers() - 1;
            last = entry.what().hlc();
            if (entry.what().report() instanceof Gap gap) {
                gaps += gap.numbers();
            } else {
                assertThat(seen.add(number(entry.what().report()))).as("%s", entry).isTrue();
            }
        }
        long missing = durable.keySet().stream().filter(each -> !seen.contains(each)).count();
        if (inGaps(Gap.Why.DISK) == 0) { // or nobody knows how many the disk lost
            assertThat(missing)
                    .as("durable, and neither journaled nor in a gap")
                    .isLessThanOrEqualTo(gaps);
        }
        return missing;
    }

    /** The reports that were on a disk that stands, and were journaled. */
    long journaled() {
        return ledger.journal().size();
    }

    /** The reports of gaps that were journaled, by why. */
    long inGaps(Gap.Why why) {
        return ledger.journal().stream()
                .map(each -> ((MemorySink.Entry) each).what().report())
                .filter(report -> report instanceof Gap gap && gap.why() == why)
                .mapToLong(Report::numbers)
                .sum();
    }

    private static int number(Report report) {
        var cause =
                switch (report) {
                    case Report.Started(var why) -> why;
                    case Report.RecordRefused(_, _, var why) -> why;
                    case Report.Tunnel(_, _, _, var why) -> why;
                    default -> throw new AssertionError(report);
                };
        return Integer.parseInt(cause.rule().substring("report ".length()));
    }

    private void deliver() {
        while (!flights.isEmpty() && flights.peek().at() <= millis) {
            var flight = flights.poll();
            try {
                switch (ReportMessageCodec.decode(flight.message())) {
                    case FromNode message -> answer(message);
                    case FromGateway message -> {
                        if (life != null) {
                            life.outbox.received(message, millis);
                        }
                    }
                }
            } catch (MalformedRecord impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private void answer(FromNode message) {
        ledger.sink()
                .hand(NODE, message)
                .whenComplete((receipt, failure) -> {
                    if (failure == null) {
                        send(answer(message, receipt), true);
                    }
                });
    }

    private ReportMessage answer(FromNode message, Receipt receipt) {
        var clock = new Hlc(Math.max(0, BEGIN.toEpochMilli() + millis), 0);
        return switch (receipt) {
            case Receipt.Opened(long epoch, long formerUpTo, boolean first) ->
                    new ReportMessage.Welcome(
                            KEY,
                            ((ReportMessage.Hello) message).nonce(),
                            epoch,
                            formerUpTo,
                            first,
                            clock);
            case Receipt.Journaled(long epoch, long upTo) ->
                    new ReportMessage.Ack(KEY, epoch, upTo, clock);
        };
    }

    /** Some are lost, some doubled, some come after those that were sent later, or much later. */
    private void send(ReportMessage message, boolean toNode) {
        int copies = random.nextInt(10) == 0 ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            if (random.nextDouble() >= loss) {
                long delay =
                        random.nextInt(20) == 0 ? random.nextLong(20_000) : random.nextLong(150);
                flights.add(
                        new Flight(
                                millis + delay,
                                order++,
                                ReportMessageCodec.encode(message),
                                toNode));
            }
        }
    }

    private Instant now() {
        return BEGIN.plus(Duration.ofMillis(millis + clockOff));
    }
}
