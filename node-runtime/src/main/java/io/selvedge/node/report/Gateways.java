// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.fabric.View;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Subject;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the connector to report to: one that can be reached, the same as long as it answers. A
 * connector reports to itself. Owned by one thread.
 */
final class Gateways {
    /** Silences in a row after which another one is tried. */
    private static final int PATIENCE = 3;

    private final Subject self;
    private SortedSet<Subject> reached = new TreeSet<>();
    private int turn;
    private int silences;

    Gateways(Subject self) {
        this.self = self;
    }

    void reached(SortedSet<Subject> peers) {
        reached = peers;
    }

    /** The address of the connector; null while there is none within reach. */
    @Nullable IpAddress choose(View view, int silences) {
        var own = view.grant(self);
        if (own != null && own.says().isConnector()) {
            return own.says().fabricAddress();
        }
        if (silences > this.silences && silences % PATIENCE == 0) {
            turn++;
        }
        this.silences = silences;
        var addresses =
                reached.stream()
                        .map(view::grant)
                        .filter(grant -> grant != null && grant.says().isConnector())
                        .map(grant -> grant.says().fabricAddress())
                        .toList();
        return addresses.isEmpty() ? null : addresses.get(Math.floorMod(turn, addresses.size()));
    }

    /** Whether a believed connector has this fabric address and record key. */
    static boolean isGateway(View view, IpAddress address, RecordKey key) {
        var node = view.nodeAt(address);
        var grant = node == null ? null : view.grant(node);
        return grant != null && grant.says().isConnector() && grant.says().recordKey().equals(key);
    }
}
