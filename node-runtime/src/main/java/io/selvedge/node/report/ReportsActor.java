// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.selvedge.fabric.Envelope;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.Signer;
import io.selvedge.fabric.View;
import io.selvedge.model.Cause;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Report;
import io.selvedge.model.Subject;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.node.store.Disk;
import io.selvedge.report.Outbox;
import io.selvedge.report.OutboxSettings;
import io.selvedge.wire.ReportMessage;
import io.selvedge.wire.ReportMessageCodec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shell around {@link Outbox}: fills it from the intake, puts it on disk, sends what is due to
 * a connector within reach, and takes the acknowledgements. Runs on a thread of its own, because
 * disks block. A disk that fails costs the reports their durability, never their order.
 */
public final class ReportsActor extends AbstractBehavior<ReportsActor.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(ReportsActor.class);

    /** How long reports gather before they are put on disk together. */
    private static final Duration TICK = Duration.ofMillis(250);

    private static final int REFUSALS_EVERY = 40;

    /** Ticks between two tries of a disk that fails. */
    private static final int DISK_PAUSE = 20;

    public sealed interface Command {}

    /** The machine holds the node's fabric address: datagrams can be sent. */
    public record Bindable(IpAddress address) implements Command {}

    /** What the records say now. */
    public record Believe(View view) implements Command {}

    /** The peers that can be reached now. */
    public record Reach(SortedSet<Subject> peers) implements Command {
        public Reach {
            peers = new TreeSet<>(peers);
        }
    }

    private record Answer(
            IpAddress from, Envelope envelope, ReportMessage.FromGateway message, Runnable done)
            implements Command {}

    private record Tick() implements Command {}

    /**
     * What it works with.
     *
     * @param nonce never the same in two lives of the node
     * @param sink where reports of others go; null on a node that is no connector
     */
    public record Parts(
            Subject self,
            Signer signer,
            Disk disk,
            OutboxSettings settings,
            Intake intake,
            Refusals refusals,
            Transport.Opener transports,
            @Nullable ReportSink sink,
            StatusBoard board,
            InstantSource wall,
            long nonce) {}

    private final Parts parts;
    private final OutboxFile file;
    private final Outbox outbox;
    private final Gateways gateways;
    private final RecordVerifier verifier = new RecordVerifier();
    private final @Nullable ActorRef<GatewayActor.Command> gateway;
    private volatile @Nullable Transport transport; // the transport's threads ask for it, too
    private @Nullable View view;
    private @Nullable String failure;
    private int ticks;
    private int diskPause;

    private ReportsActor(ActorContext<Command> context, TimerScheduler<Command> timers, Parts parts)
            throws IOException {
        super(context);
        this.parts = parts;
        this.gateways = new Gateways(parts.self());
        this.file = OutboxFile.open(parts.disk());
        var found = file.found();
        this.outbox =
                Outbox.of(
                        found.lines(),
                        found.damaged(),
                        parts.wall().instant(),
                        parts.nonce(),
                        parts.settings());
        outbox.add(new Report.Started(Cause.of("the node's process started")), now());
        var sink = parts.sink();
        this.gateway =
                sink == null
                        ? null
                        : context.spawn(
                                GatewayActor.create(parts.signer(), sink, parts.wall()),
                                "gateway",
                                DispatcherSelector.defaultDispatcher());
        timers.startTimerWithFixedDelay(new Tick(), TICK);
    }

    /** Takes the disk, and goes on from what is there. */
    public static Behavior<Command> create(Parts parts) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> {
                    parts.disk().lock();
                    try {
                        return new ReportsActor(context, timers, parts);
                    } catch (IOException | RuntimeException failed) {
                        parts.disk().close(); // or the next start would find it taken
                        throw failed;
                    }
                }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Tick.class, _ -> onTick())
                .onMessage(Answer.class, this::onAnswer)
                .onMessage(Bindable.class, this::onBindable)
                .onMessage(Believe.class, this::onBelieve)
                .onMessage(Reach.class, this::onReach)
                .onSignal(PreRestart.class, _ -> release())
                .onSignal(PostStop.class, _ -> release())
                .build();
    }

    private Behavior<Command> onTick() {
        if (++ticks % REFUSALS_EVERY == 0) {
            parts.refusals().take().forEach(parts.intake()::offer);
        }
        var taken = parts.intake().take();
        taken.reports().forEach(report -> outbox.add(report, now()));
        if (taken.dropped() > 0) {
            outbox.missed(taken.dropped(), now());
        }
        write();
        send();
        leaveStatus();
        return this;
    }

    private Behavior<Command> onAnswer(Answer answer) {
        answer.done().run();
        boolean forThisNode = answer.message().node().equals(parts.signer().key());
        boolean ofAGateway =
                view != null && Gateways.isGateway(view, answer.from(), answer.envelope().sender());
        if (forThisNode && ofAGateway && answer.envelope().isAuthentic(verifier)) {
            outbox.received(answer.message(), millis());
            write();
            send();
        }
        return this;
    }

    private Behavior<Command> onBindable(Bindable bindable) throws IOException {
        if (transport == null) {
            var sorting = new Sorting(new Receiver(getContext().getSelf()));
            transport = parts.transports().open(bindable.address(), sorting);
        }
        return this;
    }

    private Behavior<Command> onBelieve(Believe believe) {
        view = believe.view();
        if (gateway != null) {
            gateway.tell(new GatewayActor.Believe(believe.view()));
        }
        return this;
    }

    private Behavior<Command> onReach(Reach reach) {
        gateways.reached(reach.peers());
        return this;
    }

    /** A disk that fails is tried again, and until then nothing that is new is sent. */
    private void write() {
        if (diskPause > 0 && --diskPause > 0) {
            return;
        }
        if (file.isLoose(outbox.status().bytes())) {
            outbox.compact();
        }
        try {
            file.write(outbox.pending());
            outbox.written();
            failure = null;
        } catch (IOException notNow) {
            if (failure == null) {
                LOG.atWarn().setCause(notNow).log("reports could not be put on disk; they wait");
            }
            failure = String.valueOf(notNow.getMessage());
            diskPause = DISK_PAUSE;
        }
    }

    private void send() {
        var way = transport;
        var known = view;
        if (way == null || known == null) {
            return;
        }
        var to = gateways.choose(known, outbox.silences());
        if (to == null) {
            return;
        }
        for (var message : outbox.due(millis())) {
            var body = ReportMessageCodec.encode(message);
            way.send(to, Envelope.seal(Envelope.Kind.REPORTS, parts.signer(), body));
        }
    }

    private void leaveStatus() {
        parts.board().leave(new StatusBoard.Reports(outbox.status(), failure));
    }

    private Behavior<Command> release() throws IOException {
        if (transport != null) {
            transport.close();
        }
        parts.disk().close();
        return this;
    }

    private Instant now() {
        return parts.wall().instant();
    }

    private static long millis() {
        return System.nanoTime() / 1_000_000;
    }

    /** Hands what arrived to the actors. */
    private final class Receiver implements Sorting.Receiver {
        private final ActorRef<Command> self;

        Receiver(ActorRef<Command> self) {
            this.self = self;
        }

        @Override
        public void answer(
                IpAddress from,
                Envelope envelope,
                ReportMessage.FromGateway message,
                Runnable done) {
            self.tell(new Answer(from, envelope, message, done));
        }

        @Override
        public void report(
                IpAddress from, Envelope envelope, ReportMessage.FromNode message, Runnable done) {
            var way = transport;
            if (gateway == null || way == null) {
                done.run();
            } else {
                gateway.tell(new GatewayActor.Arrived(from, envelope, message, way, done));
            }
        }
    }
}
