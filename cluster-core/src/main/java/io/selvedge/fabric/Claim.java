// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Payload;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** What an authority says within its limits; of claims that contradict, the first one counts. */
record Claim<P extends Payload>(Rank rank, Subject subject, Version version, P says)
        implements Comparable<Claim<?>> {
    private static final Comparator<Claim<?>> ORDER =
            Comparator.<Claim<?>, Rank>comparing(Claim::rank)
                    .thenComparing(Claim::subject)
                    .thenComparing(Claim::version, Comparator.reverseOrder());

    /** The first claim of a kind among the statements of one scope, or null. */
    static <P extends Payload> @Nullable Claim<P> first(
            Class<P> kind, Collection<Statement> scope, Trust trust) {
        var rosters = Rosters.of(scope);
        Claim<P> first = null;
        for (var statement : scope) {
            var rank = kind.isInstance(statement.payload()) ? trust.rank(statement) : null;
            if (rank != null && trust.fits(statement) && !rosters.isDead(statement.header())) {
                var header = statement.header();
                var says = kind.cast(statement.payload());
                var claim = new Claim<>(rank, header.subject(), header.version(), says);
                first = first == null || claim.compareTo(first) < 0 ? claim : first;
            }
        }
        return first;
    }

    Believed<P> believed() {
        return Believed.of(says, subject, version);
    }

    @Override
    public int compareTo(Claim<?> other) {
        return ORDER.compare(this, other);
    }
}
