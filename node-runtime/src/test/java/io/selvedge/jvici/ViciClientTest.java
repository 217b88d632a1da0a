// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.selvedge.jvici.Packet.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ViciClientTest {
    private static final Message YES = Message.builder().put("success", "yes").build();

    @TempDir Path dir;
    private Path socket;
    private FakeDaemon daemon;
    private ViciClient client;

    @BeforeEach
    void start() throws IOException {
        socket = dir.resolve("vici");
        daemon = daemon();
        client = new ViciClient(socket, Duration.ofSeconds(5));
    }

    private FakeDaemon daemon() throws IOException {
        return new FakeDaemon(socket, "list-sa", "ike-updown", "child-updown")
                .answer("version", _ -> Message.builder().put("version", "5.9.8").build())
                .answer("echo", request -> request);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        daemon.close();
    }

    @Test
    void callsAndAnswers() throws IOException {
        var request = Message.builder().put("data", new byte[] {0, 1, -1}).build();

        assertThat(client.call("version").text("version")).isEqualTo("5.9.8");
        assertThat(client.call("echo", request)).isEqualTo(request);
    }

    @Test
    void aRefusalCarriesTheDaemonsWords() {
        daemon.answer(
                "load-conn",
                _ -> Message.builder().put("success", "no").put("errmsg", "bad proposal").build());

        assertThatThrownBy(() -> client.call("load-conn"))
                .isInstanceOf(ViciRefusal.class)
                .hasMessage("load-conn: bad proposal");
        assertThatThrownBy(() -> client.call("nonsense"))
                .isInstanceOf(ViciRefusal.class)
                .hasMessageContaining("knows no such command");
    }

    @Test
    void streamsWhatComesBeforeTheAnswer() throws IOException {
        var one = Message.builder().put("n", "1").build();
        var two = Message.builder().put("n", "2").build();
        daemon.stream(
                "list-sas",
                List.of(
                        new Packet(Kind.EVENT, "list-sa", one),
                        new Packet(Kind.EVENT, "list-sa", two)));

        assertThat(client.stream("list-sas", "list-sa", Message.EMPTY)).containsExactly(one, two);
        assertThat(daemon.listening("list-sa")).isFalse();
        assertThat(client.call("version").text("version")).isEqualTo("5.9.8");
        assertThatThrownBy(() -> client.stream("list-sas", "no-such", Message.EMPTY))
                .isInstanceOf(ViciRefusal.class);
    }

    @Test
    void opensAgainAfterTheDaemonRestarted() throws IOException {
        client.call("version");
        daemon.close();
        assertThatThrownBy(() -> client.call("version"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(socket.toString());

        daemon = daemon();

        assertThat(client.call("version").text("version")).isEqualTo("5.9.8");
    }

    @Test
    void aRestartBetweenTwoCallsIsNotNoticed() throws IOException {
        client.call("version");
        daemon.close();
        daemon = daemon();

        assertThat(client.call("version").text("version")).isEqualTo("5.9.8");
    }

    @Test
    void givesUpWaitingAndOpensAgain() throws IOException {
        var hang = new CountDownLatch(1);
        var calls = new AtomicInteger();
        daemon.answer("slow", _ -> calls.getAndIncrement() == 0 ? hanging(hang) : YES);
        try (var hasty = new ViciClient(socket, Duration.ofMillis(200))) {
            assertThatThrownBy(() -> hasty.call("slow"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("slow: no answer within 200 ms");
            assertThat(hasty.call("slow")).isEqualTo(YES);
        } finally {
            hang.countDown();
        }
    }

    private static Message hanging(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return YES;
    }

    @Test
    void hearsEventsAndRegistersAgain() throws IOException {
        var heard = new CopyOnWriteArrayList<String>();
        var connected = new AtomicInteger();
        var listener =
                new ViciEvents.Listener() {
                    @Override
                    public void event(String name, Message message) {
                        heard.add(name + " " + message.text("up"));
                        if ("bug".equals(message.text("up"))) {
                            throw new IllegalStateException("on purpose");
                        }
                    }

                    @Override
                    public void connected() {
                        connected.incrementAndGet();
                    }
                };
        try (var _ = client.listen(List.of("ike-updown", "child-updown"), listener)) {
            await().until(() -> connected.get() == 1);
            daemon.raise("ike-updown", Message.builder().put("up", "bug").build());
            daemon.raise("child-updown", Message.EMPTY);
            await().untilAsserted(() ->
                    assertThat(heard).containsExactly("ike-updown bug", "child-updown null"));

            daemon.hangUp();
            await().until(() -> connected.get() == 2);
            daemon.raise("ike-updown", Message.builder().put("up", "yes").build());
            await().untilAsserted(() -> assertThat(heard).hasSize(3));
        }
        await().until(() -> !daemon.listening("ike-updown"));
    }
}
