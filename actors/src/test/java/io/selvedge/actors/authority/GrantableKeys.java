// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.actors.authority.AuthorityState.Founded;
import io.selvedge.model.IkeKey;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordKey;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Which keys a node may be granted: registered, not revoked, and no other node's. */
final class GrantableKeys {
    sealed interface Choice {}

    record Keys(Registration pair) implements Choice {}

    record None(String problem) implements Choice {}

    private final SortedMap<String, Registration> registrations;
    private final SortedSet<RecordKey> revoked;
    private final Map<RecordKey, String> recordKeys = new HashMap<>();
    private final Map<IkeKey, String> ikeKeys = new HashMap<>();

    GrantableKeys(Founded state, SortedMap<String, Registration> registrations) {
        this.registrations = registrations;
        this.revoked = state.revoked();
        for (var payload : state.published().values()) {
            if (payload instanceof NodeGrant grant) {
                recordKeys.put(grant.recordKey(), grant.name());
                ikeKeys.put(grant.ikeKey(), grant.name());
            }
        }
    }

    /** The keys for a node; one that is no longer registered keeps those of its last grant. */
    Choice of(String name, @Nullable NodeGrant last) {
        var pair = registrations.get(name);
        if (pair == null && last != null) {
            pair = new Registration(last.recordKey(), last.ikeKey(), last.possession());
        }
        if (pair == null) {
            return new None(
                    "node %s has no registered keys yet; register it and it gets its grant"
                            .formatted(name));
        }
        if (revoked.contains(pair.recordKey())) {
            return new None(
                    "node %s has a record key that was revoked; register new keys for it"
                            .formatted(name));
        }
        String holder = recordKeys.putIfAbsent(pair.recordKey(), name);
        if (holder == null || holder.equals(name)) {
            holder = ikeKeys.putIfAbsent(pair.ikeKey(), name);
        }
        if (holder != null && !holder.equals(name)) {
            return new None(
                    "node %s is registered with a key of node %s; register keys of its own"
                            .formatted(name, holder));
        }
        return new Keys(pair);
    }
}
