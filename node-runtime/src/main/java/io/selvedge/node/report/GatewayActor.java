// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.selvedge.fabric.Envelope;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SenderRates;
import io.selvedge.fabric.Signer;
import io.selvedge.fabric.View;
import io.selvedge.model.Hlc;
import io.selvedge.model.IpAddress;
import io.selvedge.report.HybridClock;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage;
import io.selvedge.wire.ReportMessageCodec;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector's end of reporting: takes what a believed node signed and sent from its own fabric
 * address, hands it to the sink, and answers when the sink has it. Forgets everything with no harm.
 */
public final class GatewayActor extends AbstractBehavior<GatewayActor.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayActor.class);

    /** What a node may report in the long run, in bytes; it keeps the rest on its own disk. */
    private static final long PER_SECOND = 32 * 1024;

    private static final long BURST = 4 * 1024 * 1024;

    /** Opening an epoch is an event for ever, however short the datagram. */
    private static final int HELLO_BYTES = 32 * 1024;

    public sealed interface Command {}

    /** What the records say now. */
    record Believe(View view) implements Command {}

    /**
     * A message that arrived, nothing about it proven.
     *
     * @param done to be run once, when it needs no more room
     */
    record Arrived(
            IpAddress from,
            Envelope envelope,
            ReportMessage.FromNode message,
            Transport transport,
            Runnable done)
            implements Command {}

    private record Answered(Arrived arrived, @Nullable Receipt receipt, @Nullable Throwable failure)
            implements Command {}

    private final Signer signer;
    private final ReportSink sink;
    private final InstantSource wall;
    private final SenderRates rates = new SenderRates(PER_SECOND, BURST);
    private final RecordVerifier verifier = new RecordVerifier();
    private final HybridClock clock = new HybridClock(Hlc.ZERO);
    private @Nullable View view;
    private boolean failing;

    private GatewayActor(
            ActorContext<Command> context, Signer signer, ReportSink sink, InstantSource wall) {
        super(context);
        this.signer = signer;
        this.sink = sink;
        this.wall = wall;
    }

    public static Behavior<Command> create(Signer signer, ReportSink sink, InstantSource wall) {
        return Behaviors.setup(context -> new GatewayActor(context, signer, sink, wall));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Believe.class, this::onBelieve)
                .onMessage(Arrived.class, this::onArrived)
                .onMessage(Answered.class, this::onAnswered)
                .build();
    }

    private Behavior<Command> onBelieve(Believe believe) {
        view = believe.view();
        return this;
    }

    private Behavior<Command> onArrived(Arrived arrived) {
        var from = view == null ? null : view.nodeAt(arrived.from());
        var grant = view == null || from == null ? null : view.grant(from);
        var key = arrived.envelope().sender();
        if (from == null
                || grant == null
                || !grant.says().recordKey().equals(key)
                || !rates.take(from, cost(arrived), wall.instant())
                || !arrived.envelope().isAuthentic(verifier)) {
            LOG.atDebug()
                    .addKeyValue("from", arrived.from())
                    .log("report refused: of a stranger, or too many");
            arrived.done().run();
            return this;
        }
        getContext()
                .pipeToSelf(
                        sink.hand(from, arrived.message()),
                        (receipt, failure) -> new Answered(arrived, receipt, failure));
        return this;
    }

    private static int cost(Arrived arrived) {
        return arrived.message() instanceof ReportMessage.Hello
                ? HELLO_BYTES
                : arrived.envelope().body().size();
    }

    private Behavior<Command> onAnswered(Answered answered) {
        var arrived = answered.arrived();
        arrived.done().run();
        var receipt = answered.receipt();
        if (receipt == null) {
            if (!failing) {
                failing = true;
                LOG.atWarn()
                        .setCause(answered.failure())
                        .log("reports can not be journaled now; their nodes send them again");
            }
            return this;
        }
        if (failing) {
            failing = false;
            LOG.info("reports are journaled again");
        }
        hear(arrived.message());
        var body = ReportMessageCodec.encode(answer(arrived, receipt));
        arrived.transport()
                .send(arrived.from(), Envelope.seal(Envelope.Kind.REPORTS, signer, body));
        return this;
    }

    /** What is answered comes after what was reported. */
    private void hear(ReportMessage.FromNode message) {
        if (message instanceof ReportMessage.Batch batch) {
            clock.observe(batch.reports().getLast().hlc(), wall.instant());
        }
    }

    private ReportMessage answer(Arrived arrived, Receipt receipt) {
        var node = arrived.envelope().sender();
        var now = clock.next(wall.instant());
        return switch (receipt) {
            case Receipt.Opened(long epoch, long formerUpTo, boolean first) ->
                    new ReportMessage.Welcome(
                            node, nonce(arrived.message()), epoch, formerUpTo, first, now);
            case Receipt.Journaled(long epoch, long upTo) ->
                    new ReportMessage.Ack(node, epoch, upTo, now);
        };
    }

    private static long nonce(ReportMessage.FromNode message) {
        return message instanceof ReportMessage.Hello(long nonce, _) ? nonce : 0;
    }
}
