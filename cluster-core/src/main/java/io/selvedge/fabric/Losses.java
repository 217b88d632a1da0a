// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.model.Version;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The slots whose records rotted where they rest, and their versions then. A fault is no deletion:
 * until such a slot is filled again nothing older takes its place.
 */
final class Losses {
    private final Map<Scope, TreeMap<Bytes, Version>> versions = new HashMap<>();

    void add(Scope scope, Card lost) {
        versions.computeIfAbsent(scope, _ -> new TreeMap<>()).put(lost.slotHash(), lost.version());
    }

    /** The versions that were lost in a scope, by slot hash. A view. */
    Map<Bytes, Version> of(Scope scope) {
        return Collections.unmodifiableMap(versions.getOrDefault(scope, new TreeMap<>()));
    }

    /** Whether the record is older than what was lost of its slot. */
    boolean outweigh(SignedRecord record) {
        var lost = of(record.scope()).get(record.slotHash());
        return lost != null && record.version().compareTo(lost) < 0;
    }

    void madeGood(Scope scope, Bytes slotHash) {
        var lost = versions.get(scope);
        if (lost != null && lost.remove(slotHash) != null && lost.isEmpty()) {
            versions.remove(scope);
        }
    }

    void forget(Predicate<Scope> scopes) {
        versions.keySet().removeIf(scopes);
    }

    Losses copy() {
        var copy = new Losses();
        versions.forEach((scope, lost) -> copy.versions.put(scope, new TreeMap<>(lost)));
        return copy;
    }
}
