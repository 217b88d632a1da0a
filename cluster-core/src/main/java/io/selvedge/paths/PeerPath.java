// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import java.util.List;

/** How packets go to a peer now. */
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
