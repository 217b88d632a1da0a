// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import io.selvedge.fabric.Envelope;
import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.node.report.GatewayActor.Arrived;
import io.selvedge.report.Receipt;
import io.selvedge.testing.SmallFabric;
import io.selvedge.wire.ReportMessage.Hello;
import io.selvedge.wire.ReportMessageCodec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node that is believed may still not do to the journal. */
class GatewayActorTest {
    private static final Instant NOW = Instant.parse("2026-11-23T04:00:00Z");
    private static final int HELLOS = 1_000;

    private final ActorTestKit kit = ActorTestKit.create(ConfigFactory.load("fabric"));
    private final SmallFabric fabric = new SmallFabric("127.0.88.0/24", 2);
    private final AtomicInteger handed = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void whoAsksForEpochsAllTheTimeIsHeardAFewTimesAndOthersStillAre() throws Exception {
        ReportSink sink =
                (_, _) -> {
                    handed.incrementAndGet();
                    return CompletableFuture.completedFuture(new Receipt.Opened(1, 0, true));
                };
        var gateway =
                kit.spawn(GatewayActor.create(fabric.signer(0), sink, InstantSource.fixed(NOW)));
        gateway.tell(new GatewayActor.Believe(fabric.view()));

        for (int nonce = 1; nonce <= HELLOS; nonce++) {
            gateway.tell(hello(1, nonce));
        }

        await().atMost(Duration.ofSeconds(60)).until(() -> done.get() == HELLOS);
        int flooded = handed.get();
        assertThat(flooded).isBetween(1, HELLOS / 5);
        gateway.tell(hello(2, 1));
        await().atMost(Duration.ofSeconds(60)).until(() -> handed.get() == flooded + 1);
    }

    private Arrived hello(int node, long nonce) throws Exception {
        var message = new Hello(nonce, 0);
        var datagram =
                Envelope.seal(
                        Envelope.Kind.REPORTS,
                        fabric.signer(node),
                        ReportMessageCodec.encode(message));
        return new Arrived(
                fabric.address(node),
                Envelope.parse(Envelope.Kind.REPORTS, datagram),
                message,
                SILENCE,
                done::incrementAndGet);
    }

    private static final Transport SILENCE =
            new Transport() {
                @Override
                public void send(IpAddress to, Bytes datagram) {}

                @Override
                public void close() {}
            };
}
