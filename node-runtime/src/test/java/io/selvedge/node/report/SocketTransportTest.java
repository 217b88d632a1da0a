// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.node.fabric.GossipSocket;
import java.io.IOException;
import java.net.DatagramSocket;

/** Real datagrams, on loopback. */
class SocketTransportTest extends TransportContract {
    private final int port = freePort();

    @Override
    Transport.Opener opener() {
        return (own, received) -> GossipSocket.open(own, port, "test-socket", received);
    }

    private static int freePort() {
        try (var socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}
