// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.ike;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.sim.net.Spot;
import org.jspecify.annotations.Nullable;

/** One end of an IKE association with its child. The other end may know nothing of it any more. */
public final class Sa {
    final long id;
    final long spi;
    final Connection connection;
    final boolean initiator;
    IpAddress local;
    Spot remote;
    long peerSpi;
    boolean established;
    boolean child;
    long establishedAt;
    long heardAt;
    long packetsIn;
    long packetsOut;

    /** What waits for an answer, how often it was sent, and over which exchange. */
    @Nullable IkePacket pending;

    int tries;
    int exchange;
    int rounds;

    Sa(long id, long spi, Connection connection, boolean initiator, IpAddress local, Spot remote) {
        this.id = id;
        this.spi = spi;
        this.connection = connection;
        this.initiator = initiator;
        this.local = local;
        this.remote = remote;
    }

    /** Whether packets can be sent and received. */
    public boolean carries() {
        return established && child;
    }

    /** Whether the peer began it, and may not have the answer yet by which it will stand there. */
    public boolean isAnswered(long now, long oneWayMillis) {
        return !initiator && now - establishedAt <= oneWayMillis;
    }

    public Connection connection() {
        return connection;
    }

    /** Whether the child's selectors fit a packet that goes out. */
    boolean takes(IpAddress source, IpAddress destination) {
        return carries()
                && holds(connection.localSelectors(), source)
                && holds(connection.remoteSelectors(), destination);
    }

    /** Whether the child's selectors fit a packet that comes in. */
    boolean gives(IpAddress source, IpAddress destination) {
        return carries()
                && holds(connection.remoteSelectors(), source)
                && holds(connection.localSelectors(), destination);
    }

    private static boolean holds(Iterable<Cidr> selectors, IpAddress address) {
        for (var cidr : selectors) {
            if (cidr.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
