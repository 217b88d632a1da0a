// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.actors.authority.AuthorityEvent.AddressAllocated;
import io.selvedge.actors.authority.AuthorityEvent.FabricCreated;
import io.selvedge.actors.authority.AuthorityEvent.NodeNamed;
import io.selvedge.actors.authority.AuthorityEvent.Published;
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
     */
    record Founded(
            String cluster,
            Cidr fabricCidr,
            Version last,
            SortedMap<String, String> uids,
            SortedMap<String, IpAddress> addresses,
            SortedMap<Spot, Payload> published)
            implements AuthorityState {
        public Founded {
            uids = Collections.unmodifiableSortedMap(new TreeMap<>(uids));
            addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
            published = Collections.unmodifiableSortedMap(new TreeMap<>(published));
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

        Subject subject(String uid) {
            return new Subject(cluster, uid);
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
        return switch (this) {
            case Unborn _ -> {
                if (event instanceof FabricCreated(var cluster, var epoch, var fabricCidr)) {
                    yield new Founded(
                            cluster,
                            fabricCidr,
                            new Version(epoch, 0),
                            new TreeMap<>(),
                            new TreeMap<>(),
                            new TreeMap<>());
                }
                throw new IllegalArgumentException("before the fabric was created: " + event);
            }
            case Founded founded -> evolve(founded, event);
        };
    }

    private static AuthorityState evolve(Founded state, AuthorityEvent event) {
        var last = state.last();
        var uids = new TreeMap<>(state.uids());
        var addresses = new TreeMap<>(state.addresses());
        var published = new TreeMap<>(state.published());
        boolean fits =
                switch (event) {
                    case FabricCreated _ -> false;
                    case NodeNamed(var name, var uid) ->
                            !uids.containsValue(uid) && uids.put(name, uid) == null;
                    case AddressAllocated(var uid, var address) ->
                            !addresses.containsValue(address)
                                    && addresses.put(uid, address) == null;
                    case Published(var scope, var subject, var version, var payload) -> {
                        boolean higher = version.compareTo(last) > 0;
                        last = version;
                        published.put(new Spot(scope, payload.type(), subject), payload);
                        yield higher;
                    }
                };
        if (!fits) {
            throw new IllegalArgumentException("contradicts what was decided before: " + event);
        }
        return new Founded(state.cluster(), state.fabricCidr(), last, uids, addresses, published);
    }
}
