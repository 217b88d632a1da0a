// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Scope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The shelves of the scopes of which something is held, by scope and by scope hash. */
final class Shelves {
    private static final Comparator<Shelf> BY_HASH =
            (a, b) -> Long.compareUnsigned(a.hash(), b.hash());

    private final Map<Scope, Shelf> byScope = new HashMap<>();
    private final List<Shelf> byHash = new ArrayList<>();

    /** In the order of scope hashes. A view. */
    List<Shelf> all() {
        return Collections.unmodifiableList(byHash);
    }

    SortedSet<Scope> scopes() {
        return new TreeSet<>(byScope.keySet());
    }

    @Nullable Shelf get(Scope scope) {
        return byScope.get(scope);
    }

    /** The one of the scope with this hash. */
    @Nullable Shelf get(long hash) {
        int low = 0;
        int high = byHash.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(byHash.get(middle).hash(), hash);
            if (order == 0) {
                return byHash.get(middle);
            }
            low = order < 0 ? middle + 1 : low;
            high = order > 0 ? middle - 1 : high;
        }
        return null;
    }

    Shelf open(Scope scope) {
        var known = byScope.get(scope);
        if (known != null) {
            return known;
        }
        var shelf = new Shelf(scope);
        add(shelf);
        return shelf;
    }

    void close(Shelf empty) {
        byScope.remove(empty.scope());
        byHash.remove(Collections.binarySearch(byHash, empty, BY_HASH));
    }

    Shelves copy() {
        var copy = new Shelves();
        byHash.forEach(shelf -> copy.add(shelf.copy()));
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shelves that && byScope.equals(that.byScope);
    }

    @Override
    public int hashCode() {
        return byScope.hashCode();
    }

    private void add(Shelf shelf) {
        byScope.put(shelf.scope(), shelf);
        int at = Collections.binarySearch(byHash, shelf, BY_HASH);
        byHash.add(at < 0 ? -at - 1 : at, shelf);
    }
}
