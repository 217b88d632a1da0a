// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.actors.authority.AuthorityEvent.Published;
import io.selvedge.actors.authority.AuthorityState.Spot;
import io.selvedge.fabric.Rosters;
import io.selvedge.model.Bytes;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.Payload.Roster;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one decision publishes. What is new in a scope shares one publication number there; a roster
 * follows it, and lists all that this decision published or kept. What was published once and is
 * neither any more is dead by that roster.
 */
final class Publications {
    private final AuthorityDraft draft;
    private final String cluster;
    private final List<AuthorityEvent> events = new ArrayList<>();
    private final Map<Scope, Long> stamps = new HashMap<>();
    private final Map<Scope, SortedSet<Bytes>> live = new HashMap<>();

    Publications(AuthorityDraft draft, String cluster) {
        this.draft = draft;
        this.cluster = cluster;
    }

    List<AuthorityEvent> events() {
        return events;
    }

    void happen(AuthorityEvent event) {
        events.add(event);
        draft.take(event);
    }

    /** Publishes what does not stand already. */
    void publish(Scope scope, Subject subject, Payload payload) {
        keep(scope, payload.type(), subject);
        bury(scope, subject, payload);
    }

    /** Says a last word, for those who know no rosters: it is not kept alive. */
    void bury(Scope scope, Subject subject, Payload payload) {
        if (!payload.equals(draft.published(new Spot(scope, payload.type(), subject)))) {
            long stamp = stamps.computeIfAbsent(scope, _ -> draft.publication(scope) + 1);
            happen(new Published(scope, subject, draft.last().next(), stamp, payload));
        }
    }

    /** Lists what stands, without a look at what it says. */
    void keep(Scope scope, RecordType type, Subject subject) {
        live.computeIfAbsent(scope, _ -> new TreeSet<>()).add(Rosters.hash(type, subject));
    }

    /** Revokes: no roster speaks of revocations, nothing ends them. */
    void revoke(Subject subject, Revocation revocation) {
        happen(new Published(new Scope.Fabric(), subject, draft.last().next(), revocation));
    }

    /** Publishes the rosters that are due, after all else. */
    void publishRosters(Iterable<Scope> scopes) {
        scopes.forEach(scope -> {
            var alive = live.getOrDefault(scope, new TreeSet<>());
            long number = draft.publication(scope);
            var standing = standing(scope);
            if (!standing.equals(slices(number, alive))) {
                boolean spoken = !standing.isEmpty() && standing.getFirst().publication() == number;
                publishRoster(scope, slices(spoken ? number + 1 : number, alive));
            }
        });
    }

    private void publishRoster(Scope scope, List<Roster> slices) {
        for (var slice : slices) {
            happen(new Published(scope, subject(slice.slice()), draft.last().next(), slice));
        }
    }

    /** The slices of the roster that stands, as many as there are. */
    private List<Roster> standing(Scope scope) {
        var slices = new ArrayList<Roster>();
        int count = 1;
        for (int i = 0; i < count; i++) {
            var spot = new Spot(scope, RecordType.ROSTER, subject(i));
            if (draft.published(spot) instanceof Roster roster) {
                slices.add(roster);
                count = slices.getFirst().slices();
            }
        }
        return slices;
    }

    private static List<Roster> slices(long publication, SortedSet<Bytes> live) {
        var hashes = List.copyOf(live);
        int count = Math.max(1, Math.ceilDiv(hashes.size(), Roster.MAX_LIVE));
        var slices = new ArrayList<Roster>();
        for (int i = 0; i < count; i++) {
            int end = Math.min(hashes.size(), (i + 1) * Roster.MAX_LIVE);
            var part = hashes.subList(i * Roster.MAX_LIVE, end);
            slices.add(new Roster(publication, i, count, new TreeSet<>(part)));
        }
        return slices;
    }

    private Subject subject(int slice) {
        return new Subject(cluster, slice == 0 ? "roster" : "roster:" + slice);
    }
}
