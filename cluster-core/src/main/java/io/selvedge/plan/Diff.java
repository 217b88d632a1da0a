// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What has to change for the machine to hold what is planned, and nothing else. Applying it to what
 * was observed gives what is desired; between equals it is empty.
 *
 * @param remove keys of what stands and is not planned, sorted
 * @param add what is planned and does not stand, sorted by key
 */
public record Diff<R extends Resource>(SortedSet<String> remove, List<Planned<R>> add) {
    public Diff {
        remove = Collections.unmodifiableSortedSet(new TreeSet<>(remove));
        add = List.copyOf(add);
    }

    public static <R extends Resource> Diff<R> between(
            SortedSet<String> observed, SortedMap<String, Planned<R>> desired) {
        var remove = new TreeSet<>(observed);
        remove.removeAll(desired.keySet());
        var add = new ArrayList<Planned<R>>();
        desired.forEach((key, planned) -> {
            if (!observed.contains(key)) {
                add.add(planned);
            }
        });
        return new Diff<>(remove, add);
    }

    public boolean isEmpty() {
        return remove.isEmpty() && add.isEmpty();
    }

    public int size() {
        return remove.size() + add.size();
    }
}
