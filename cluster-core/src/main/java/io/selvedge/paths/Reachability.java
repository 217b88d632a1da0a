// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.fabric.Sighting;
import io.selvedge.model.Subject;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.Plan;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the paths of a node mean for its records.
 *
 * @param peers those that packets reach now
 * @param sightings as a connector: from where peers come
 */
public record Reachability(SortedSet<Subject> peers, SortedMap<Subject, Sighting> sightings) {
    public Reachability {
        peers = new TreeSet<>(peers);
        sightings = new TreeMap<>(sightings);
    }

    public static Reachability of(Plan plan, Observed observed, Map<String, PeerPath> paths) {
        var peers = new TreeSet<Subject>();
        var sightings = new TreeMap<Subject, Sighting>();
        for (var peer : plan.peers().values()) {
            var path = paths.get(peer.name());
            if (path != null && path.state() == PeerPath.State.UP) {
                peers.add(peer.peer());
            }
            var sighting = sighting(peer, observed.relay());
            if (sighting != null) {
                sightings.put(peer.peer(), sighting);
            }
        }
        return new Reachability(peers, sightings);
    }

    /** Only a connector sees where others come from: to it they come from anywhere. */
    private static @Nullable Sighting sighting(PeerPlan peer, List<Association> associations) {
        var connection = peer.connection();
        if (peer.kind() != PeerPlan.Kind.CONNECTOR
                || connection == null
                || connection.initiator()) {
            return null;
        }
        return associations.stream()
                .filter(each -> each.connection().equals(connection.name()))
                .filter(each -> each.state() == Association.State.ESTABLISHED)
                .reduce((_, newest) -> newest)
                .map(each -> new Sighting(each.remoteAddress(), each.remotePort()))
                .orElse(null);
    }
}
