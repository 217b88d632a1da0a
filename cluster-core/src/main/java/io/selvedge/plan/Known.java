// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.fabric.ViewChange;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The last view looked at, kept to find what a newer one changes. */
final class Known {
    private @Nullable View last;

    /** A payload before and after; null where it was, or is, not believed. */
    record Change<P extends Payload>(@Nullable Believed<P> before, @Nullable Believed<P> after) {}

    /**
     * What two views differ in.
     *
     * @param sighted the nodes that are believed elsewhere
     */
    record Changes(
            SortedMap<Subject, Change<NodeGrant>> grants,
            SortedMap<String, Change<Community>> communities,
            SortedSet<Subject> sighted) {}

    /** What is different in {@code view}, which is known from now on. */
    Changes learn(View view) {
        var before = last;
        last = view;
        return before == null ? all(view) : between(before, view, view.since(before));
    }

    void forget() {
        last = null;
    }

    private static Changes all(View view) {
        var grants = new TreeMap<Subject, Change<NodeGrant>>();
        view.grants().forEach((node, grant) -> grants.put(node, new Change<>(null, grant)));
        var communities = new TreeMap<String, Change<Community>>();
        view.communities().forEach((name, says) -> communities.put(name, new Change<>(null, says)));
        return new Changes(grants, communities, Collections.emptySortedSet());
    }

    private static Changes between(View before, View after, ViewChange change) {
        var grants = new TreeMap<Subject, Change<NodeGrant>>();
        for (var node : change.granted()) {
            grants.put(node, new Change<>(before.grant(node), after.grant(node)));
        }
        var communities = new TreeMap<String, Change<Community>>();
        for (var name : change.communities()) {
            communities.put(
                    name,
                    new Change<>(before.communities().get(name), after.communities().get(name)));
        }
        return new Changes(grants, communities, change.sighted());
    }
}
