// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.journal.Examples;
import io.selvedge.actors.journal.JournalModule;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.node.ReportId;
import io.selvedge.actors.sharding.Sharding;
import io.selvedge.actors.shell.EntityMessage.Order;
import io.selvedge.actors.shell.EntityMessage.Outcome;
import io.selvedge.actors.tunnel.Account;
import io.selvedge.actors.tunnel.Said;
import io.selvedge.actors.tunnel.TunnelCommand;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Reported;
import io.selvedge.model.Subject;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports and their receipts come to an entity on another cloud node as they were sent. */
class EntityMessageTest {
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30.125Z");
    private static final Subject EDGE = new Subject("beijing", "uid-1");
    private static final ActorTestKit KIT =
            ActorTestKit.create(
                    ConfigFactory.parseString("selvedge.sharding.seal-key = \"5e5e\"")
                            .withFallback(
                                    ConfigFactory.parseResources(Sharding.class, "sharding.conf"))
                            .withFallback(JournalModule.settings())
                            .withFallback(ConfigFactory.load())
                            .resolve());

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    static Stream<EntityCommand> commands() {
        var reports =
                Examples.reports().stream()
                        .map(report -> new Reported(AT, new Hlc(7, 1), report))
                        .toList();
        var account =
                new Account(
                        EDGE,
                        new ReportId(1, 2),
                        Way.LAN,
                        Cause.of("a rule"),
                        AT,
                        new Hlc(7, 1),
                        AT);
        return Stream.of(
                new NodeCommand.Open(new Hello(Long.MIN_VALUE, 3), AT),
                new NodeCommand.Take(new Batch(1, 2, 3, reports), AT),
                new NodeCommand.Told(EDGE, new ReportId(1, 2)),
                new TunnelCommand.Hear(EDGE, List.of(new Said(Stage.MOVED, account))));
    }

    static Stream<Receipt> receipts() {
        return Stream.of(new Receipt.Opened(2, 7, true), new Receipt.Journaled(2, 7));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandsArriveAsTheyWereSent(EntityCommand command) {
        var sent = new Order(command, null);
        assertThat(KIT.serializationTestKit().verifySerialization(sent, true)).isEqualTo(sent);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whatIsNotSealedByACloudNodeIsDropped(EntityCommand command) throws Exception {
        var serialization = SerializationExtension.get(KIT.system());
        var sealed = serialization.serializerFor(Order.class);
        var manifest = Serializers.manifestFor(sealed, new Order(command, null));
        byte[] bytes = sealed.toBinary(new Order(command, null));
        assertThat(serialization.deserialize(bytes, sealed.identifier(), manifest).isSuccess())
                .isTrue();

        bytes[bytes.length - 1] ^= 1;
        assertThat(serialization.deserialize(bytes, sealed.identifier(), manifest).isFailure())
                .as("changed")
                .isTrue();
        bytes[bytes.length - 1] ^= 1;
        var unsealed = Arrays.copyOfRange(bytes, 32, bytes.length);
        for (int cborOrJson : List.of(33, 31, sealed.identifier())) {
            assertThat(serialization.deserialize(unsealed, cborOrJson, manifest).isFailure())
                    .as("by serializer %d", cborOrJson)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("receipts")
    void receiptsArriveAsTheyWereSent(Receipt receipt) {
        var sent = new Outcome(3, List.of("a problem"), List.of(), receipt);
        assertThat(KIT.serializationTestKit().verifySerialization(sent, true)).isEqualTo(sent);
    }
}
