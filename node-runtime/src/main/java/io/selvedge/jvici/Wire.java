// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.jvici;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/** One connection to the socket: frames out and in. Blocking; for one thread at a time. */
final class Wire implements AutoCloseable {
    private static final int FRAME_MAX = 512 * 1024;

    private final SocketChannel channel;

    private Wire(SocketChannel channel) {
        this.channel = channel;
    }

    static Wire connect(Path socket) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Wire(channel);
        } catch (IOException refused) {
            channel.close();
            throw new IOException(
                    "no IKE daemon answers on %s: %s".formatted(socket, refused.getMessage()),
                    refused);
        }
    }

    static Wire of(SocketChannel channel) {
        return new Wire(channel);
    }

    void write(Packet packet) throws IOException {
        byte[] bytes = packet.encode();
        if (bytes.length > FRAME_MAX) {
            throw new IllegalArgumentException(
                    "'%s' has %d bytes, VICI takes %d"
                            .formatted(packet.name(), bytes.length, FRAME_MAX));
        }
        var frame = ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /** Waits for the next packet for ever. */
    Packet read() throws IOException {
        int length = fill(ByteBuffer.allocate(4)).getInt();
        if (length < 1 || length > FRAME_MAX) {
            throw new ProtocolException("a VICI frame of " + Integer.toUnsignedString(length));
        }
        return Packet.decode(fill(ByteBuffer.allocate(length)).array());
    }

    /** Waits for the next packet; the connection is of no use after a timeout. */
    Packet read(Duration timeout) throws IOException {
        var watchdog =
                ForkJoinPool.commonPool()
                        .schedule(this::close, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return read();
        } catch (ClosedChannelException closedByWatchdog) {
            var late = new SocketTimeoutException("no answer within " + timeout.toMillis() + " ms");
            late.initCause(closedByWatchdog);
            throw late;
        } finally {
            watchdog.cancel(false);
        }
    }

    private ByteBuffer fill(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the IKE daemon closed the connection");
            }
        }
        return buffer.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException nothingLeftToClose) {
            // A descriptor is freed whatever close(2) says.
        }
    }
}
