// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeControlTest {
    @TempDir Path folder;

    @Test
    void asksInOneLineAndReadsToTheEnd() throws IOException {
        var socket = folder.resolve("node.sock");
        try (var server = listen(socket)) {
            Thread.ofVirtual().start(() -> answer(server, Labs.resource("status-edge1.json")));
            assertThat(new NodeControl(socket).status().tunnels()).hasSize(3);
        }
    }

    @Test
    void aNodeThatIsGoneOrMuteIsAnIOException() throws IOException {
        var socket = folder.resolve("node.sock");
        assertThatThrownBy(() -> new NodeControl(socket).status()).isInstanceOf(IOException.class);
        try (var server = listen(socket)) {
            assertThatThrownBy(() -> new NodeControl(socket).status())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no answer");
            assertThat(server.isOpen()).isTrue();
        }
    }

    @Test
    void anEmptyAnswerIsAnIOException() throws IOException {
        var socket = folder.resolve("node.sock");
        try (var server = listen(socket)) {
            Thread.ofVirtual().start(() -> answer(server, ""));
            assertThatThrownBy(() -> new NodeControl(socket).status())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("empty");
        }
    }

    private static ServerSocketChannel listen(Path socket) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        return server;
    }

    private static void answer(ServerSocketChannel server, String document) {
        try (var client = server.accept();
                var lines = Channels.newReader(client, StandardCharsets.UTF_8)) {
            int next;
            while ((next = lines.read()) != '\n' && next >= 0) {
                assertThat("status").contains(String.valueOf((char) next));
            }
            client.write(StandardCharsets.UTF_8.encode(document));
        } catch (IOException closed) {
            throw new AssertionError(closed);
        }
    }
}
