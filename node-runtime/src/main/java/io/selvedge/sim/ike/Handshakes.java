// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.ike;

import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.sim.ike.IkePacket.AuthReply;
import io.selvedge.sim.ike.IkePacket.AuthRequest;
import io.selvedge.sim.ike.IkePacket.InitReply;
import io.selvedge.sim.net.Spot;
import org.jspecify.annotations.Nullable;

/** The two round trips that make an association. Owned by its daemon. */
final class Handshakes {
    private final IkeDaemon daemon;

    Handshakes(IkeDaemon daemon) {
        this.daemon = daemon;
    }

    /** Any daemon with a connection answers whom it knows nothing of yet. */
    void init(Spot from, long spi) {
        if (!daemon.connections().isEmpty()) {
            daemon.answer(from, new InitReply(spi));
        }
    }

    void initReplied(@Nullable Sa sa) {
        if (sa == null || sa.established || !(sa.pending instanceof IkePacket.InitRequest)) {
            return;
        }
        var own = sa.connection;
        if (!daemon.keys().contains(own.localKey())) {
            daemon.refused(sa);
            return;
        }
        daemon.ask(
                sa,
                new AuthRequest(
                        sa.spi,
                        own.localId(),
                        own.remoteId(),
                        own.localKey(),
                        own.remoteKey(),
                        own.localSelectors(),
                        own.remoteSelectors()));
    }

    /** Asked again, because the answer was lost, it answers the same. */
    void auth(Spot from, AuthRequest request, long now) {
        var known = daemon.byPeerSpi(request.initiatorSpi());
        if (known != null) {
            known.heardAt = now;
            daemon.answer(from, new AuthReply(request.initiatorSpi(), known.spi, known.child));
            return;
        }
        var connection = connectionFor(request);
        if (connection == null) {
            daemon.answer(from, new AuthReply(request.initiatorSpi(), 0, false));
            return;
        }
        var sa = daemon.add(connection, false, from);
        daemon.settle(sa, request.initiatorSpi(), mirrors(connection, request));
        daemon.answer(from, new AuthReply(request.initiatorSpi(), sa.spi, sa.child));
    }

    void authReplied(@Nullable Sa sa, AuthReply reply) {
        if (sa == null || sa.established || !(sa.pending instanceof AuthRequest)) {
            return;
        }
        if (reply.responderSpi() == 0) {
            daemon.refused(sa);
        } else {
            daemon.settle(sa, reply.responderSpi(), reply.child());
        }
    }

    /** Of several that fit, one whose child mirrors the proposal. */
    private @Nullable Connection connectionFor(AuthRequest request) {
        Connection fitting = null;
        for (var own : daemon.connections().values()) {
            boolean fits =
                    own.localId().equals(request.responderId())
                            && own.remoteId().equals(request.initiatorId())
                            && own.localKey().equals(request.responderKey())
                            && own.remoteKey().equals(request.initiatorKey())
                            && daemon.keys().contains(own.localKey());
            if (fits && mirrors(own, request)) {
                return own;
            }
            if (fits && fitting == null) {
                fitting = own;
            }
        }
        return fitting;
    }

    private static boolean mirrors(Connection own, AuthRequest request) {
        return own.localSelectors().equals(request.responderSelectors())
                && own.remoteSelectors().equals(request.initiatorSelectors());
    }
}
