// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.node.report.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams between fabric addresses, which only tunnels carry: of gossip, and of reports. A
 * datagram that cannot be sent is lost, as any may be. Thread-safe.
 */
public final class GossipSocket implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(GossipSocket.class);
    private static final int DATAGRAM_MAX = 64 * 1024;

    private final DatagramChannel channel;
    private final int port;

    private GossipSocket(DatagramChannel channel, int port) {
        this.channel = channel;
        this.port = port;
    }

    /**
     * Binds to the fabric address and listens.
     *
     * @param name of the thread that listens
     * @param received told the sender and the bytes, by a thread of the socket's own
     */
    public static GossipSocket open(
            IpAddress own, int port, String name, BiConsumer<IpAddress, Bytes> received)
            throws IOException {
        var channel = DatagramChannel.open();
        try {
            channel.bind(new InetSocketAddress(own.toInetAddress(), port));
        } catch (IOException notYet) {
            channel.close();
            throw notYet;
        }
        var socket = new GossipSocket(channel, port);
        Thread.ofPlatform().daemon().name(name).start(() -> socket.listen(received));
        return socket;
    }

    @Override
    public void send(IpAddress to, Bytes datagram) {
        try {
            channel.send(
                    ByteBuffer.wrap(datagram.toArray()),
                    new InetSocketAddress(to.toInetAddress(), port));
        } catch (IOException lost) {
            LOG.atDebug().addKeyValue("to", to).log("datagram lost: {}", lost.getMessage());
        }
    }

    private void listen(BiConsumer<IpAddress, Bytes> received) {
        var buffer = ByteBuffer.allocate(DATAGRAM_MAX);
        while (channel.isOpen()) {
            try {
                buffer.clear();
                if (channel.receive(buffer) instanceof InetSocketAddress from) {
                    var bytes = new byte[buffer.flip().remaining()];
                    buffer.get(bytes);
                    received.accept(IpAddress.of(from.getAddress().getAddress()), Bytes.of(bytes));
                }
            } catch (ClosedChannelException closed) {
                return;
            } catch (IOException lost) {
                LOG.atDebug().log("datagram lost: {}", lost.getMessage());
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
