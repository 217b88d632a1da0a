// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import java.io.IOException;
import java.util.function.BiConsumer;

/**
 * A way for datagrams between fabric addresses. Any may be lost, doubled or late, and whoever sends
 * is not told. Thread-safe.
 */
public interface Transport extends AutoCloseable {
    void send(IpAddress to, Bytes datagram);

    @Override
    void close() throws IOException;

    /** Opens transports. */
    @FunctionalInterface
    interface Opener {
        /**
         * Listens at a fabric address of this machine.
         *
         * @param received told the sender and the bytes, on any thread; must not block
         */
        Transport open(IpAddress own, BiConsumer<IpAddress, Bytes> received) throws IOException;
    }
}
