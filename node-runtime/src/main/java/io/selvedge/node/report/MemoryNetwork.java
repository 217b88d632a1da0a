// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Transports within one process; what a predicate holds for is lost on its way. */
public final class MemoryNetwork implements Transport.Opener {
    private final ConcurrentMap<IpAddress, BiConsumer<IpAddress, Bytes>> listening =
            new ConcurrentHashMap<>();
    private final Predicate<Bytes> lost;

    public MemoryNetwork(Predicate<Bytes> lost) {
        this.lost = lost;
    }

    @Override
    public Transport open(IpAddress own, BiConsumer<IpAddress, Bytes> received) throws IOException {
        if (listening.putIfAbsent(own, received) != null) {
            throw new IOException("Address already in use");
        }
        var open = new AtomicBoolean(true);
        return new Transport() {
            @Override
            public void send(IpAddress to, Bytes datagram) {
                var listener = listening.get(to);
                if (listener != null && open.get() && !lost.test(datagram)) {
                    listener.accept(own, datagram);
                }
            }

            @Override
            public void close() {
                if (open.getAndSet(false)) {
                    listening.remove(own);
                }
            }
        };
    }
}
