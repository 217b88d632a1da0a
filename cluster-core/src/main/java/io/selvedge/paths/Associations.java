// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Questions to a list of associations. */
final class Associations {
    /**
     * What {@link io.selvedge.plan.IpsecResource.Connection#name} puts behind a peer's name: of the
     * keys, and of everything.
     */
    private static final int HASH_LENGTH = 8 + 16;

    private static final int REST_LENGTH = 16;

    private Associations() {}

    static List<Association> of(String connection, List<Association> associations) {
        return associations.stream().filter(a -> a.connection().equals(connection)).toList();
    }

    static boolean carries(Association association) {
        return association.state() == Association.State.ESTABLISHED
                && !association.children().isEmpty();
    }

    static boolean isConnecting(Association association) {
        return association.state() == Association.State.CONNECTING;
    }

    static long packetsIn(Association association) {
        return association.children().stream().mapToLong(Association.Child::packetsIn).sum();
    }

    /** Whether any connection with the peer carries, planned now or before. */
    static boolean carries(String peer, List<Association> associations) {
        return associations.stream()
                .anyMatch(a -> carries(a) && peer.equals(peerOf(a.connection())));
    }

    /** The peer that a connection's name starts with; null when the connection is not ours. */
    static @Nullable String peerOf(String connection) {
        int dash = connection.length() - HASH_LENGTH - 1;
        if (dash < 1 || connection.charAt(dash) != '-') {
            return null;
        }
        for (int i = dash + 1; i < connection.length(); i++) {
            if ("0123456789abcdef".indexOf(connection.charAt(i)) < 0) {
                return null;
            }
        }
        return connection.substring(0, dash);
    }

    /** Whether two connections with one peer authenticate both ends by the same keys. */
    static boolean haveSameKeys(String connection, String other) {
        return keysOf(connection).equals(keysOf(other));
    }

    private static String keysOf(String connection) {
        return connection.substring(0, connection.length() - REST_LENGTH);
    }
}
