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

    /** Where the slices of a roster are: a scope has room for two, the standing and the next. */
    private enum Places {
        FIRST("roster"),
        SECOND("roster2");

        private final String name;

        Places(String name) {
            this.name = name;
        }

        Places other() {
            return this == FIRST ? SECOND : FIRST;
        }
    }

    private record Standing(Places places, List<Roster> slices) {
        /** Its number; 0 before there is any. */
        long publication() {
            return slices.isEmpty() ? 0 : slices.getFirst().publication();
        }
    }

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
            if (!standing.slices().equals(slices(number, alive))) {
                boolean spoken = standing.publication() == number;
                publishRoster(scope, standing, slices(spoken ? number + 1 : number, alive));
            }
        });
    }

    /**
     * One of many slices never takes the place of the roster that stands: whoever holds only some
     * of the new ones has the former whole.
     */
    private void publishRoster(Scope scope, Standing before, List<Roster> slices) {
        boolean atOnce = slices.size() == 1 && before.slices().size() <= 1;
        var places = atOnce ? before.places() : before.places().other();
        for (var slice : slices) {
            var subject = subject(places, slice.slice());
            happen(new Published(scope, subject, draft.last().next(), slice));
        }
    }

    /** The roster that stands: of the two that there is room for, the one published last. */
    private Standing standing(Scope scope) {
        var even = standing(scope, Places.FIRST);
        var odd = standing(scope, Places.SECOND);
        return odd.publication() > even.publication() ? odd : even;
    }

    private Standing standing(Scope scope, Places places) {
        var slices = new ArrayList<Roster>();
        int count = 1;
        for (int i = 0; i < count; i++) {
            var spot = new Spot(scope, RecordType.ROSTER, subject(places, i));
            if (draft.published(spot) instanceof Roster roster) {
                slices.add(roster);
                count = slices.getFirst().slices();
            }
        }
        return new Standing(places, slices);
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

    private Subject subject(Places places, int slice) {
        return new Subject(cluster, slice == 0 ? places.name : places.name + ":" + slice);
    }
}
