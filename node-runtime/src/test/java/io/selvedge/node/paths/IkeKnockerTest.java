// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.selvedge.model.IpAddress;
import io.selvedge.paths.Knock;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a socket that answers as charon was seen to; charon itself answers in PromisesIT. */
class IkeKnockerTest {
    private static final int MARKER = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** N(INVAL_MAJOR) behind the SPI, as charon 5.9.8 sends it. */
    private static final byte[] ANSWER =
            HexFormat.of().parseHex("00000000000000002920222000000000000000240000000800000005");

    private final List<Knock> answered = new CopyOnWriteArrayList<>();
    private final IkeKnocker knocker = new IkeKnocker(answered::add);
    private DatagramSocket daemon;
    private Knock door;

    @BeforeEach
    void open() throws IOException {
        daemon = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        daemon.setSoTimeout((int) PATIENCE.toMillis());
        door = new Knock(IpAddress.parse("127.0.0.1"), daemon.getLocalPort());
    }

    @AfterEach
    void close() {
        knocker.close();
        daemon.close();
    }

    @Test
    void knocksInAVersionThatDoesNotExist() throws IOException {
        knocker.knock(door);
        var knock = received();
        assertThat(knock.getLength()).isEqualTo(MARKER + IkeKnocker.HEADER_LENGTH);
        var message = ByteBuffer.wrap(knock.getData());
        assertThat(message.getInt(0)).as("not ESP").isZero();
        assertThat(message.getLong(MARKER)).as("SPI").isNotZero();
        assertThat(message.get(MARKER + 17)).as("version").isEqualTo((byte) 0x30);
        assertThat(message.get(MARKER + 18)).as("exchange").isEqualTo((byte) 34);
    }

    @Test
    void tellsAnAnswerOnce() throws IOException {
        knocker.knock(door);
        var knock = received();
        answer(knock, spi(knock));
        answer(knock, spi(knock));
        knocker.knock(door);
        var second = received();
        answer(second, spi(second));
        await().atMost(PATIENCE).until(() -> answered.size() == 2);
        assertThat(answered).containsOnly(door);
    }

    @Test
    void anAnswerThatNobodyAskedForCountsForNothing() throws IOException {
        knocker.knock(door);
        var knock = received();
        answer(knock, spi(knock) + 1);
        knocker.knock(door);
        var second = received();
        answer(second, spi(second));
        await().atMost(PATIENCE).until(() -> !answered.isEmpty());
        assertThat(answered).hasSize(1);
    }

    @Test
    void aClosedPortIsNoAnswer() throws IOException {
        var closed = door;
        daemon.close();
        knocker.knock(closed);
        open();
        knocker.knock(door);
        var knock = received();
        answer(knock, spi(knock));
        await().atMost(PATIENCE).until(() -> !answered.isEmpty());
        assertThat(answered).containsExactly(door);
    }

    private DatagramPacket received() throws SocketTimeoutException, IOException {
        var packet = new DatagramPacket(new byte[100], 100);
        daemon.receive(packet);
        return packet;
    }

    private static long spi(DatagramPacket knock) {
        return ByteBuffer.wrap(knock.getData()).getLong(MARKER);
    }

    private void answer(DatagramPacket knock, long spi) throws IOException {
        var message = ByteBuffer.allocate(MARKER + 8 + ANSWER.length);
        message.putLong(MARKER, spi).position(MARKER + 8).put(ANSWER);
        var bytes = Arrays.copyOf(message.array(), message.capacity());
        daemon.send(new DatagramPacket(bytes, bytes.length, knock.getSocketAddress()));
    }
}
