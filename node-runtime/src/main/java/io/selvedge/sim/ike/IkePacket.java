// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.ike;

import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import java.util.SortedSet;

/** What IKE daemons say to each other, and what their tunnels carry (RFC 7296, RFC 4303). */
public sealed interface IkePacket {
    /** Rough length on the wire, in bytes. */
    int size();

    record InitRequest(long initiatorSpi) implements IkePacket {
        @Override
        public int size() {
            return 300;
        }
    }

    record InitReply(long initiatorSpi) implements IkePacket {
        @Override
        public int size() {
            return 300;
        }
    }

    /**
     * Proves a key and proposes a child.
     *
     * @param initiatorKey proven, because only its holder can make this packet
     */
    record AuthRequest(
            long initiatorSpi,
            String initiatorId,
            String responderId,
            IkeKey initiatorKey,
            IkeKey responderKey,
            SortedSet<Cidr> initiatorSelectors,
            SortedSet<Cidr> responderSelectors)
            implements IkePacket {
        @Override
        public int size() {
            return 600;
        }
    }

    /**
     * The answer.
     *
     * @param responderSpi zero when authentication failed
     * @param child whether the child was made just as proposed
     */
    record AuthReply(long initiatorSpi, long responderSpi, boolean child) implements IkePacket {
        @Override
        public int size() {
            return 500;
        }
    }

    /** Dead peer detection. */
    record Alive(long spi, boolean answer) implements IkePacket {
        @Override
        public int size() {
            return 80;
        }
    }

    /** Whether anybody is there; the answer says so, and no more. */
    record Knocking(boolean answer) implements IkePacket {
        @Override
        public int size() {
            return 60;
        }
    }

    record Delete(long spi) implements IkePacket {
        @Override
        public int size() {
            return 80;
        }
    }

    /** A packet of the overlay, encrypted. */
    record Esp(long spi, Packet inner) implements IkePacket {
        @Override
        public int size() {
            return inner.bytes() + 60;
        }
    }
}
