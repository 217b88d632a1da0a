// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.model.IpAddress;
import io.selvedge.model.Subject;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that one node's machine should hold, by resource key, each with its reason; and the peers it
 * means to reach. Equal views give equal plans.
 *
 * @param ownAddress the node's own fabric address; null while it has no grant
 * @param relay for the IKE daemon of the tunnels to connectors
 * @param direct for the IKE daemon of the tunnels that spare the relay
 * @param peers by subject
 */
public record Plan(
        Subject self,
        @Nullable IpAddress ownAddress,
        SortedMap<String, Planned<IpResource>> ip,
        SortedMap<String, Planned<FilterResource>> filter,
        SortedMap<String, Planned<Conflist>> cni,
        SortedMap<String, Planned<IpsecResource>> relay,
        SortedMap<String, Planned<IpsecResource>> direct,
        SortedMap<Subject, PeerPlan> peers) {
    /** The version of the planning rules; both ends of a pair use the lower one. */
    public static final int PLANNER_VERSION = 1;

    public Plan {
        ip = Collections.unmodifiableSortedMap(ip);
        filter = Collections.unmodifiableSortedMap(filter);
        cni = Collections.unmodifiableSortedMap(cni);
        relay = Collections.unmodifiableSortedMap(relay);
        direct = Collections.unmodifiableSortedMap(direct);
        peers = Collections.unmodifiableSortedMap(peers);
    }

    /** Resources by key; where two rules plan the same, the first rule gives the reason. */
    static <R extends Resource> SortedMap<String, Planned<R>> byKey(
            Collection<Planned<R>> resources) {
        var map = new TreeMap<String, Planned<R>>();
        resources.forEach(planned -> map.putIfAbsent(planned.resource().key(), planned));
        return map;
    }
}
