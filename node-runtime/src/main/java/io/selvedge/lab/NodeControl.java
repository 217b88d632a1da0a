// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a node over its Unix socket: one line out, one JSON document back. Thread-safe. */
public final class NodeControl {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Path socket;

    public NodeControl(Path socket) {
        this.socket = socket;
    }

    /** The node's status; an {@link IOException} when nobody answers in three seconds. */
    public NodeStatus status() throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            var answer = new CompletableFuture<NodeStatus>();
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            answer.complete(ask(channel));
                        } catch (IOException failed) {
                            answer.completeExceptionally(failed);
                        }
                    });
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw new IOException(
                    failed.getCause() == null ? "" : failed.getCause().getMessage(), failed);
        } catch (TimeoutException slow) {
            throw new IOException("no answer in " + PATIENCE.toSeconds() + " s", slow);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", interrupted);
        }
    }

    private NodeStatus ask(SocketChannel channel) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(socket));
        channel.write(StandardCharsets.UTF_8.encode("status\n"));
        var text =
                new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        if (text.isBlank()) {
            throw new IOException("an empty answer");
        }
        return NodeStatus.of(JSON.std.mapFrom(text));
    }
}
