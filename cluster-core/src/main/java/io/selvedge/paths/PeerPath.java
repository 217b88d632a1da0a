// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import java.util.List;

/**
 * How packets go to a peer now.
 *
 * @param ikeIds the ids of the associations with the peer itself, also while the relay carries
 */
public record PeerPath(
        String peer,
        State state,
        Way way,
        List<Long> ikeIds,
        List<Long> childIds,
        long sinceMillis) {
    public PeerPath {
        ikeIds = List.copyOf(ikeIds);
        childIds = List.copyOf(childIds);
    }

    PeerPath since(long millis) {
        return new PeerPath(peer, state, way, ikeIds, childIds, millis);
    }

    boolean sameWay(PeerPath other) {
        return state == other.state && way == other.way;
    }

    /** Whether packets arrive. */
    public enum State {
        UP,
        CONNECTING,
        DOWN
    }

    /** Over which way. */
    public enum Way {
        DIRECT,
        LAN,
        RELAY,
        NONE
    }
}
