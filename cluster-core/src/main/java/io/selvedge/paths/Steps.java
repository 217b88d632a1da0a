// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.plan.IpResource;
import io.selvedge.plan.Planned;
import java.util.List;
import java.util.SortedMap;

/**
 * What to do about the paths now: first make the routes so, then act.
 *
 * @param routes all path routes that should stand, by key
 * @param left why each path that carried does so no more, by peer
 */
public record Steps(
        SortedMap<String, Planned<IpResource>> routes,
        SortedMap<String, String> left,
        List<PathAction> actions) {
    public Steps {
        actions = List.copyOf(actions);
    }
}
