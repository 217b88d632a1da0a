// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Loses, doubles and overtakes datagrams; which, a seed says. Thread-safe. */
final class UnrulyNetwork implements Transport.Opener {
    private final MemoryNetwork network = new MemoryNetwork(_ -> is(8));
    private final SplittableRandom random;

    UnrulyNetwork(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** One time in so many. */
    private synchronized boolean is(int one) {
        return random.nextInt(one) == 0;
    }

    @Override
    public Transport open(IpAddress own, BiConsumer<IpAddress, Bytes> received) throws IOException {
        var transport = network.open(own, received);
        return new Transport() {
            private @Nullable Runnable held;

            @Override
            public synchronized void send(IpAddress to, Bytes datagram) {
                var late = held;
                held = null;
                if (late == null && is(4)) {
                    held = () -> transport.send(to, datagram);
                } else {
                    transport.send(to, datagram);
                    if (is(6)) {
                        transport.send(to, datagram);
                    }
                }
                if (late != null) {
                    late.run();
                }
            }

            @Override
            public void close() throws IOException {
                transport.close();
            }
        };
    }
}
