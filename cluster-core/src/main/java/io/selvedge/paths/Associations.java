// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Questions to a list of associations. */
final class Associations {
    /** As {@link io.selvedge.plan.IpsecResource.Connection#name} makes it. */
    private static final Pattern CONNECTION_NAME = Pattern.compile("(.+)-[0-9a-f]{16}");

    private Associations() {}

    static List<Association> of(String connection, List<Association> associations) {
        return associations.stream().filter(a -> a.connection().equals(connection)).toList();
    }

    static boolean carries(Association association) {
        return association.state() == Association.State.ESTABLISHED
                && !association.children().isEmpty();
    }

    /** Whether any connection with the peer carries, planned now or before. */
    static boolean carries(String peer, List<Association> associations) {
        return associations.stream()
                .anyMatch(a -> carries(a) && peer.equals(peerOf(a.connection())));
    }

    /** The peer that a connection's name starts with; null when the connection is not ours. */
    static @Nullable String peerOf(String connection) {
        var matcher = CONNECTION_NAME.matcher(connection);
        return matcher.matches() ? matcher.group(1) : null;
    }
}
