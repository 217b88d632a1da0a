// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.model.IpAddress;
import io.selvedge.plan.IpResource;
import io.selvedge.plan.Planned;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What to do about the paths now: first make the routes so, then act.
 *
 * @param routes all path routes that should stand, by key
 * @param left why each path that carried does so no more, by peer
 * @param knocks where to ask whether a daemon is there
 * @param silent the fabric addresses of peers whose tunnels answer nothing
 * @param doubtful whether initiations fail again and again, so that what the machine holds is worth
 *     a look
 */
public record Steps(
        SortedMap<String, Planned<IpResource>> routes,
        SortedMap<String, String> left,
        List<PathAction> actions,
        SortedSet<Knock> knocks,
        SortedSet<IpAddress> silent,
        boolean doubtful) {
    public Steps {
        knocks = Collections.unmodifiableSortedSet(new TreeSet<>(knocks));
        silent = Collections.unmodifiableSortedSet(new TreeSet<>(silent));
        actions = List.copyOf(actions);
    }
}
