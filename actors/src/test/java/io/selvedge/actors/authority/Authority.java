// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.actors.authority.AuthorityEvent.FabricCreated;
import io.selvedge.actors.authority.AuthorityState.Founded;
import io.selvedge.actors.authority.AuthorityState.Unborn;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import io.selvedge.model.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What an authority decides that is one, given what is wanted: pure, and idempotent once its events
 * evolved the state. Any prefix of the events is a state that the next decision completes.
 */
public final class Authority {
    private static final int FABRIC_PREFIX_LENGTH = 16;
    private static final long FIRST_EPOCH = 1;

    private Authority() {}

    /**
     * What is wanted.
     *
     * @param registrations keys by node name
     * @param localRoutes prefixes that the authority's host reaches already; default routes are
     *     passed over. Only read when the fabric is created
     */
    public record Wish(
            Intent intent,
            SortedMap<String, Registration> registrations,
            SortedSet<Cidr> localRoutes) {
        public Wish {
            registrations = Collections.unmodifiableSortedMap(new TreeMap<>(registrations));
            localRoutes = Collections.unmodifiableSortedSet(new TreeSet<>(localRoutes));
        }
    }

    /**
     * The events in the order to persist them, and what an operator should know.
     *
     * @param problems sentences that name what is wrong and what to do
     */
    public record Decision(List<AuthorityEvent> events, List<String> problems) {
        public Decision {
            events = List.copyOf(events);
            problems = List.copyOf(problems);
        }
    }

    public static Decision decide(AuthorityState state, Wish wish, RandomGenerator random) {
        return switch (state) {
            case Unborn _ -> found(wish, random);
            case Founded founded -> {
                String obstacle = obstacle(founded, wish.intent());
                yield obstacle == null
                        ? new Publishing(founded, wish, random).decide()
                        : new Decision(List.of(), List.of(obstacle));
            }
        };
    }

    private static Decision found(Wish wish, RandomGenerator random) {
        var free = new ArrayList<Cidr>();
        var taken = new TreeSet<>(wish.localRoutes());
        taken.removeIf(route -> route.length() == 0);
        taken.addAll(wish.intent().fabric().clusterCidrs());
        taken.addAll(wish.intent().fabric().serviceCidrs());
        for (int second = 64; second < 128; second++) {
            var base = IpAddress.of(new byte[] {100, (byte) second, 0, 0});
            var candidate = new Cidr(base, FABRIC_PREFIX_LENGTH);
            if (!overlapsAny(candidate, taken)) {
                free.add(candidate);
            }
        }
        if (free.isEmpty()) {
            return new Decision(
                    List.of(),
                    List.of(
                            "every /16 of 100.64.0.0/10 overlaps a cluster CIDR, a service CIDR or"
                                    + " a local route; free one of them for the fabric's own"
                                    + " addresses"));
        }
        var created =
                new FabricCreated(
                        wish.intent().fabric().cluster(),
                        FIRST_EPOCH,
                        free.get(random.nextInt(free.size())));
        var rest = decide(new Unborn().evolve(created), wish, random);
        var events = new ArrayList<AuthorityEvent>();
        events.add(created);
        events.addAll(rest.events());
        return new Decision(events, rest.problems());
    }

    private static @Nullable String obstacle(Founded state, Intent intent) {
        var fabric = intent.fabric();
        if (!fabric.cluster().equals(state.cluster())) {
            return "the Fabric is named %s, but this authority publishes for %s; name it so again, or start a new authority with a new state folder"
                    .formatted(fabric.cluster(), state.cluster());
        }
        if (overlapsAny(state.fabricCidr(), fabric.clusterCidrs())
                || overlapsAny(state.fabricCidr(), fabric.serviceCidrs())) {
            return "a cluster or service CIDR overlaps %s, where the fabric's own addresses are; give it another range"
                    .formatted(state.fabricCidr());
        }
        return null;
    }

    private static boolean overlapsAny(Cidr cidr, Collection<Cidr> others) {
        return others.stream().anyMatch(cidr::overlaps);
    }
}
