// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.status;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers on a Unix socket that root alone can open: a line asks, one JSON document answers, and
 * the connection closes.
 */
public final class StatusSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StatusSocket.class);

    private final ServerSocketChannel server;
    private final Path path;
    private final Function<String, String> answers;

    private StatusSocket(ServerSocketChannel server, Path path, Function<String, String> answers) {
        this.server = server;
        this.path = path;
        this.answers = answers;
    }

    /** Listens from now on; a socket file that a dead process left is taken over. */
    public static StatusSocket open(Path path, Function<String, String> answers)
            throws IOException {
        Files.deleteIfExists(path);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        var socket = new StatusSocket(server, path, answers);
        Thread.ofPlatform().daemon().name("status-socket").start(socket::serve);
        return socket;
    }

    private void serve() {
        while (server.isOpen()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().name("status-client").start(() -> answer(client));
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (IOException broken) {
                LOG.atWarn().setCause(broken).log("status socket failed; it stays closed");
                return;
            }
        }
    }

    private void answer(SocketChannel client) {
        try (client) {
            var reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    Channels.newInputStream(client), StandardCharsets.UTF_8));
            var line = reader.readLine();
            if (line != null) {
                var bytes = answers.apply(line.strip()).getBytes(StandardCharsets.UTF_8);
                for (var buffer = ByteBuffer.wrap(bytes); buffer.hasRemaining(); ) {
                    client.write(buffer);
                }
            }
        } catch (IOException | UncheckedIOException gone) {
            LOG.atDebug().setCause(gone).log("status client went away");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
    }
}
