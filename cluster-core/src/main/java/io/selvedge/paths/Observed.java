// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.plan.PeerPlan.Daemon;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node sees of its paths.
 *
 * @param relay the associations with connectors
 * @param direct the associations with members of a Community, and of the backbone
 * @param routes keys of the path routes that stand
 */
public record Observed(
        List<Association> relay, List<Association> direct, SortedSet<String> routes) {
    public Observed {
        relay = List.copyOf(relay);
        direct = List.copyOf(direct);
        routes = new TreeSet<>(routes);
    }

    /** Those of one daemon. */
    public List<Association> of(Daemon daemon) {
        return switch (daemon) {
            case RELAY -> relay;
            case DIRECT -> direct;
        };
    }
}
