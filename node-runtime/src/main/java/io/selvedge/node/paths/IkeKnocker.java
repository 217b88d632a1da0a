// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import io.selvedge.model.IpAddress;
import io.selvedge.paths.Knock;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knocks by a request in a version of IKE that does not exist. Every daemon answers it with {@code
 * INVALID_MAJOR_VERSION} and remembers nothing of it (RFC 7296, 2.5), so it costs both ends one
 * small datagram. The socket lives from the first knock to {@link #close}.
 */
public final class IkeKnocker implements Knocker {
    private static final Logger LOG = LoggerFactory.getLogger(IkeKnocker.class);

    /** RFC 7296, 3.1: the header, which is all of a knock. */
    static final int HEADER_LENGTH = 28;

    private static final int IKE_PORT = 500;
    private static final int NON_ESP_MARKER_LENGTH = 4;
    private static final byte VERSION_3_0 = 0x30;
    private static final byte IKE_SA_INIT = 34;
    private static final byte FLAG_INITIATOR = 0x08;
    private static final byte FLAG_RESPONSE = 0x20;
    private static final int VERSION_AT = 17;
    private static final int EXCHANGE_AT = 18;
    private static final int FLAGS_AT = 19;
    private static final int LENGTH_AT = 24;

    /** How many answers are awaited; those to older knocks count no more. */
    private static final int AWAITED_MAX = 1_024;

    private final Consumer<Knock> answered;
    private final SecureRandom random = new SecureRandom();

    /** Whose answer is awaited, by the SPI that it will carry; the oldest first. */
    private final Map<Long, Knock> awaited =
            Collections.synchronizedMap(
                    new LinkedHashMap<>() {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<Long, Knock> eldest) {
                            return size() > AWAITED_MAX;
                        }
                    });

    private @Nullable DatagramSocket socket;

    /** Any thread calls {@code answered}. */
    public IkeKnocker(Consumer<Knock> answered) {
        this.answered = answered;
    }

    @Override
    public synchronized void knock(Knock door) {
        long spi = random.nextLong() | 1;
        awaited.put(spi, door);
        try {
            var message = message(spi, door.port());
            var to = new InetSocketAddress(door.address().toInetAddress(), door.port());
            socket().send(new DatagramPacket(message, message.length, to));
        } catch (IOException cut) {
            LOG.atDebug().setCause(cut).log("no knock at {}", door);
        }
    }

    @Override
    public synchronized void close() {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }

    /** Any port but that of plain IKE tells IKE from ESP by four zero bytes (RFC 3948, 2.2). */
    private static byte[] message(long spi, int port) {
        int marker = port == IKE_PORT ? 0 : NON_ESP_MARKER_LENGTH;
        return ByteBuffer.allocate(marker + HEADER_LENGTH)
                .putLong(marker, spi)
                .put(marker + VERSION_AT, VERSION_3_0)
                .put(marker + EXCHANGE_AT, IKE_SA_INIT)
                .put(marker + FLAGS_AT, FLAG_INITIATOR)
                .putInt(marker + LENGTH_AT, HEADER_LENGTH)
                .array();
    }

    private DatagramSocket socket() throws IOException {
        var open = socket;
        if (open == null) {
            open = new DatagramSocket();
            socket = open;
            var reader = open;
            Thread.ofPlatform().daemon().name("knocker").start(() -> read(reader));
        }
        return open;
    }

    private void read(DatagramSocket reader) {
        var packet = new DatagramPacket(new byte[256], 256);
        while (!reader.isClosed()) {
            try {
                reader.receive(packet);
                hear(packet);
            } catch (IOException closedOrRefused) {
                // Linux tells a UDP socket of ports that are closed: that is no answer
                LOG.atTrace().setCause(closedOrRefused).log("nobody is there");
            }
        }
    }

    private void hear(DatagramPacket packet) {
        int marker = packet.getPort() == IKE_PORT ? 0 : NON_ESP_MARKER_LENGTH;
        if (packet.getLength() < marker + HEADER_LENGTH) {
            return;
        }
        var message = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        var door = awaited.get(message.getLong(marker));
        if (door != null
                && (message.get(marker + FLAGS_AT) & FLAG_RESPONSE) != 0
                && door.port() == packet.getPort()
                && door.address().equals(IpAddress.of(packet.getAddress().getAddress()))) {
            awaited.remove(message.getLong(marker));
            answered.accept(door);
        }
    }
}
