// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The grants and Communities of the last view looked at, kept to find what a newer one changes. */
final class Known {
    private final Map<Subject, Believed<NodeGrant>> grants = new HashMap<>();
    private final Map<String, Believed<Community>> communities = new HashMap<>();

    /** A payload before and after; null where it was, or is, not believed. */
    record Change<P extends Payload>(@Nullable Believed<P> before, @Nullable Believed<P> after) {}

    /** What two views differ in. */
    record Changes(
            SortedMap<Subject, Change<NodeGrant>> grants,
            SortedMap<String, Change<Community>> communities) {}

    /** What is different in {@code view}, which is known from now on. */
    Changes learn(View view) {
        return new Changes(learn(grants, view.grants()), learn(communities, view.communities()));
    }

    void forget() {
        grants.clear();
        communities.clear();
    }

    private static <K, P extends Payload> SortedMap<K, Change<P>> learn(
            Map<K, Believed<P>> known, SortedMap<K, Believed<P>> now) {
        var changes = new TreeMap<K, Change<P>>();
        now.forEach((key, after) -> {
            var before = known.get(key);
            if (!after.equals(before)) {
                changes.put(key, new Change<>(before, after));
                known.put(key, after);
            }
        });
        if (known.size() > now.size()) {
            known.forEach((key, before) -> {
                if (!now.containsKey(key)) {
                    changes.put(key, new Change<>(before, null));
                }
            });
            known.keySet().retainAll(now.keySet());
        }
        return changes;
    }
}
