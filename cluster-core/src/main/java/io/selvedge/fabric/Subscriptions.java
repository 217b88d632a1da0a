// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Scope;
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

    public boolean covers(Scope scope) {
        return all || scopes.contains(scope);
    }
}
