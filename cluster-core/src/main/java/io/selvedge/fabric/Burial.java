// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Finds the held records that have died, at the cost of what may have. */
final class Burial {
    private Burial() {}

    /** All that are dead by what is believed. */
    static List<SignedRecord> all(RecordSet held, View view) {
        return in(held.scopes(), held, view);
    }

    /**
     * Those that died since.
     *
     * @param changed the scopes of which other records are held than then
     */
    static List<SignedRecord> since(
            View before, Collection<Scope> changed, RecordSet held, View view) {
        if (!view.trust().sameAuthorities(before.trust())) {
            return all(held, view);
        }
        var due = new ArrayList<>(in(changed, held, view));
        for (var key : view.trust().revokedSince(before.trust())) {
            held.recordsOf(key).stream()
                    .filter(record -> !changed.contains(record.scope()) && view.isDead(record))
                    .forEach(due::add);
        }
        return due;
    }

    private static List<SignedRecord> in(Collection<Scope> scopes, RecordSet held, View view) {
        var due = new ArrayList<SignedRecord>();
        for (var scope : scopes) {
            var deaths = view.deaths(scope);
            held.mortals(scope).filter(deaths::include).forEach(due::add);
        }
        return due;
    }
}
