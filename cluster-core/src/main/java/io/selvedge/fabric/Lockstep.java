// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import java.util.Iterator;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sorted maps compared by one walk through both, which looks nothing up. */
final class Lockstep {
    private Lockstep() {}

    /** The keys that have different values, or a value in one map only. */
    @SuppressWarnings("ReferenceEquality") // a shortcut
    static <K extends Comparable<K>, V> SortedSet<K> differing(
            SortedMap<K, V> before, SortedMap<K, V> after) {
        var differing = new TreeSet<K>();
        if (before == after) {
            return differing;
        }
        var was = before.entrySet().iterator();
        var is = after.entrySet().iterator();
        var old = next(was);
        var now = next(is);
        while (old != null && now != null) {
            int order = old.getKey().compareTo(now.getKey());
            if (order < 0 || (order == 0 && !old.getValue().equals(now.getValue()))) {
                differing.add(old.getKey());
            } else if (order > 0) {
                differing.add(now.getKey());
            }
            old = order <= 0 ? next(was) : old;
            now = order >= 0 ? next(is) : now;
        }
        for (; old != null; old = next(was)) {
            differing.add(old.getKey());
        }
        for (; now != null; now = next(is)) {
            differing.add(now.getKey());
        }
        return differing;
    }

    private static <K, V> Map.@Nullable Entry<K, V> next(Iterator<Map.Entry<K, V>> entries) {
        return entries.hasNext() ? entries.next() : null;
    }
}
