// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the authority decided so far. Immutable. */
public sealed interface AuthorityState {
    /** Before the first intent. */
    record Unborn() implements AuthorityState {}

    /**
     * Since the fabric was created.
     *
     * @param last the version given last; one count for all records of the authority's key
     * @param uids of every name that was ever seen
     * @param addresses of every uid that was ever seen
     * @param published what every place says now
     * @param publications the highest publication of each scope that has one
     */
    record Founded(
            String cluster,
            Cidr fabricCidr,
            Version last,
            SortedMap<String, String> uids,
            SortedMap<String, IpAddress> addresses,
            SortedMap<Spot, Payload> published,
            SortedMap<Scope, Long> publications)
            implements AuthorityState {
        public Founded {
            uids = Collections.unmodifiableSortedMap(new TreeMap<>(uids));
            addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
            published = Collections.unmodifiableSortedMap(new TreeMap<>(published));
            publications = Collections.unmodifiableSortedMap(new TreeMap<>(publications));
        }

        public SortedSet<RecordKey> revoked() {
            var keys = new TreeSet<RecordKey>();
            for (var payload : published.values()) {
                if (payload instanceof Revocation(var key, _)) {
                    keys.add(key);
                }
            }
            return keys;
        }
    }

    /** A place for one record of the authority: a slot without its writer. */
    record Spot(Scope scope, RecordType type, Subject subject) implements Comparable<Spot> {
        private static final Comparator<Spot> ORDER =
                Comparator.comparing(Spot::scope)
                        .thenComparing(Spot::type)
                        .thenComparing(Spot::subject);

        @Override
        public int compareTo(Spot other) {
            return ORDER.compare(this, other);
        }
    }

    /** The state after an event. An event that can not follow is a corrupt journal. */
    default AuthorityState evolve(AuthorityEvent event) {
        return evolve(List.of(event));
    }

    /** The state after events in their order, for the price of one copy. */
    default AuthorityState evolve(List<? extends AuthorityEvent> events) {
        var draft = AuthorityDraft.of(this);
        events.forEach(draft::take);
        return draft.state();
    }
}
