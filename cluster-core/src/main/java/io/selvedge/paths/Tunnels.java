// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.plan.PeerPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The associations with one peer, in one daemon, that carry. Of several that fit a packet the
 * newest takes it, so a successor is used by whichever end holds it, also before the other does.
 *
 * @param own of the connection that is planned
 * @param former of connections that were planned before
 */
record Tunnels(List<Association> own, List<Association> former) {
    private static final long NONE = 0;

    static Tunnels with(PeerPlan peer, List<Association> associations) {
        var connection = peer.connection();
        var own = new ArrayList<Association>();
        var former = new ArrayList<Association>();
        for (var association : associations) {
            if (!Associations.carries(association)) {
                continue;
            }
            if (connection != null && association.connection().equals(connection.name())) {
                own.add(association);
            } else if (peer.name().equals(Associations.peerOf(association.connection()))) {
                former.add(association);
            }
        }
        return new Tunnels(List.copyOf(own), List.copyOf(former));
    }

    boolean stand() {
        return !own.isEmpty() || !former.isEmpty();
    }

    /** The id of the association that takes packets; zero when there is none. */
    long taking() {
        return Stream.concat(own.stream(), former.stream())
                .map(Association::id)
                .max(Comparator.naturalOrder())
                .orElse(NONE);
    }

    /**
     * Whether the planned connection takes packets here, and the peer is known to send through it:
     * what came in came by it, or there is nothing else that it could have come by.
     */
    boolean succeed() {
        return own.stream().anyMatch(each -> each.id() == taking()) && (former.isEmpty() || hear());
    }

    /** Whether packets came in through the planned connection, so that the peer holds it too. */
    boolean hear() {
        return own.stream().anyMatch(each -> Associations.packetsIn(each) > 0);
    }
}
