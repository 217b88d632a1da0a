// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The scopes whose records a node keeps.
 *
 * @param all every scope, as connectors and cloud nodes do; {@code scopes} is then empty
 */
public record Subscriptions(boolean all, SortedSet<Scope> scopes) {
    public static final Subscriptions ALL = new Subscriptions(true, Collections.emptySortedSet());
    public static final Subscriptions NONE = of(Collections.emptySortedSet());

    public Subscriptions {
        scopes = Collections.unmodifiableSortedSet(all ? new TreeSet<>() : new TreeSet<>(scopes));
    }

    public static Subscriptions of(Collection<? extends Scope> scopes) {
        return new Subscriptions(false, new TreeSet<>(scopes));
    }

    /** What {@code self} has to keep by what is believed of it. */
    static Subscriptions of(Subject self, View view) {
        var grant = view.grant(self);
        var scopes = new TreeSet<Scope>();
        scopes.add(new Scope.Fabric());
        var nodes = new TreeSet<Subject>();
        nodes.add(self);
        var settings = view.settings();
        if (settings != null) {
            nodes.addAll(settings.says().connectors().keySet());
        }
        if (grant != null) {
            var own = grant.says();
            if (!own.isEdge()) {
                return ALL;
            }
            scopes.add(new Scope.Site(own.site()));
            nodes.addAll(own.backbone());
            view.grants()
                    .forEach((mate, theirs) -> {
                        if (theirs.says().site().equals(own.site())) {
                            nodes.add(mate);
                        }
                    });
            for (var name : own.communities()) {
                scopes.add(new Scope.OfCommunity(name));
                var community = view.communities().get(name);
                if (community != null) {
                    nodes.addAll(community.says().members());
                }
            }
        }
        nodes.forEach(node -> scopes.add(new Scope.OfNode(node)));
        return of(scopes);
    }

    public boolean covers(Scope scope) {
        return all || scopes.contains(scope);
    }
}
