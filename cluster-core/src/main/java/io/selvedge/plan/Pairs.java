// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import io.selvedge.plan.FilterResource.Pair;
import io.selvedge.plan.Known.Change;
import io.selvedge.plan.Known.Changes;
import java.util.ArrayList;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The filter of one node as it stands: its ground, and the pairs of prefixes that may talk. Only
 * pairs with a prefix whose owner, or owner's Community, changed are decided anew. The map is
 * replaced, never changed, so that plans may hold it.
 *
 * <p>A connector holds the pairs of the whole fabric, so of a Community of m nodes m(m-1): that
 * square, at about 200 bytes a pair, is what limits the size of a Community. All else grows with
 * the nodes.
 */
final class Pairs {
    private final Subject self;
    private final SortedSet<Subject> cloud = new TreeSet<>();
    private SortedMap<String, Planned<FilterResource>> filter = new TreeMap<>();
    private @Nullable Ground ground;
    private boolean relays;

    Pairs(Subject self) {
        this.self = self;
    }

    SortedMap<String, Planned<FilterResource>> filter() {
        return filter;
    }

    void forget() {
        cloud.clear();
        filter = new TreeMap<>();
        ground = null;
    }

    void update(View view, NodeGrant own, Ground ground, Changes changes) {
        changes.grants().forEach(this::note);
        boolean anew = own.isConnector() != relays;
        relays = own.isConnector();
        var touched = anew ? new TreeSet<>(view.grants().keySet()) : touched(changes);
        if (touched.isEmpty() && ground.equals(this.ground)) {
            return;
        }
        var next = anew ? new TreeMap<String, Planned<FilterResource>>() : new TreeMap<>(filter);
        if (!anew) {
            stale(view, changes, touched).forEach(cidr -> removePairs(next, cidr));
        }
        if (this.ground != null) {
            next.keySet().removeAll(this.ground.filter().keySet());
        }
        next.putAll(ground.filter());
        new Allowance(self, view, relays, touched, next).allow(cloud);
        filter = next;
        this.ground = ground;
    }

    private void note(Subject node, Change<NodeGrant> change) {
        if (change.after() != null && !change.after().says().isEdge()) {
            cloud.add(node);
        } else {
            cloud.remove(node);
        }
    }

    /** The nodes whose pairs may be others than before, or have another reason. */
    private static SortedSet<Subject> touched(Changes changes) {
        var touched = new TreeSet<>(changes.grants().keySet());
        changes.communities()
                .values()
                .forEach(change -> {
                    touched.addAll(members(change.before()));
                    touched.addAll(members(change.after()));
                });
        return touched;
    }

    /** The prefixes of touched nodes; no two nodes of a view share one. */
    private static SortedSet<Cidr> stale(View view, Changes changes, Set<Subject> touched) {
        var stale = new TreeSet<Cidr>();
        touched.forEach(node -> stale.addAll(pods(view.grant(node))));
        changes.grants().values().forEach(change -> stale.addAll(pods(change.before())));
        return stale;
    }

    private static void removePairs(
            NavigableMap<String, Planned<FilterResource>> filter, Cidr cidr) {
        // Invariant: a pair stands in both directions or not at all, and '!' follows ' '.
        var first = Pair.key(cidr.toString(), "");
        var range = filter.subMap(first, first.substring(0, first.length() - 1) + "!");
        var back = new ArrayList<String>(range.size());
        range.values()
                .forEach(planned -> {
                    if (planned.resource() instanceof Pair pair) {
                        back.add(pair.back().key());
                    }
                });
        range.clear();
        back.forEach(filter::remove);
    }

    private static Set<Cidr> pods(@Nullable Believed<NodeGrant> grant) {
        return grant == null ? Set.of() : grant.says().podCidrs();
    }

    private static Set<Subject> members(@Nullable Believed<Community> community) {
        return community == null ? Set.of() : community.says().members();
    }
}
