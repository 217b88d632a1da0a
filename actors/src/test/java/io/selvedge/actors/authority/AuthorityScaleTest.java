// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.AuthorityState.Founded;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.CommunityIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.IpAddress;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What ten thousand nodes cost the authority, signing apart; bounds far above what was measured.
 */
class AuthorityScaleTest {
    private static final int NODES = 10_000;
    private static final int SITES = 1_000;

    @Test
    void tenThousandNodesAreDecidedInSeconds() {
        var wish = wish();
        long start = System.nanoTime();
        var events = Authority.decide(new AuthorityState.Unborn(), wish, new Random(1)).events();
        var state = (Founded) new AuthorityState.Unborn().evolve(events);
        var first = Duration.ofNanos(System.nanoTime() - start);
        assertThat(state.addresses()).hasSize(NODES);

        start = System.nanoTime();
        assertThat(Authority.decide(state, wish, new Random(2)).events()).isEmpty();
        var again = Duration.ofNanos(System.nanoTime() - start);

        System.out.printf("%d nodes decided in %s, again in %s%n", NODES, first, again);
        assertThat(first).isLessThan(Duration.ofSeconds(30));
        assertThat(again).isLessThan(Duration.ofSeconds(15));
    }

    private static Wish wish() {
        var nodes = new TreeMap<String, NodeIntent>();
        var registrations = new TreeMap<String, Registration>();
        var members = new TreeMap<String, TreeSet<String>>();
        for (int i = 0; i < NODES; i++) {
            String name = "node" + i;
            boolean open = i % 10 == 0;
            nodes.put(
                    name,
                    new NodeIntent(
                            name,
                            "uid-" + i,
                            new TreeSet<>(Set.of(Role.EDGE)),
                            "site" + i % SITES,
                            "",
                            "",
                            new TreeSet<>(
                                    Set.of(
                                            new Cidr(
                                                    Cidr.parse("10.0.0.0/8").address(256L * i),
                                                    24))),
                            open ? List.of(Cidr.parse("172.16.0.0/12").address(i)) : List.of()));
            registrations.put(name, keys(i));
            members.computeIfAbsent("line" + i % 200, _ -> new TreeSet<>()).add("beijing." + name);
        }
        var communities = new TreeMap<String, CommunityIntent>();
        members.forEach((name, who) -> communities.put(name, new CommunityIntent(name, who)));
        var fabric =
                new Intent.FabricIntent(
                        "beijing",
                        Wishes.cidrs("10.0.0.0/8"),
                        Wishes.cidrs("192.168.0.0/16"),
                        new TreeMap<String, List<IpAddress>>());
        return new Wish(new Intent(fabric, nodes, communities), registrations, new TreeSet<>());
    }

    private static Registration keys(int node) {
        return new Registration(
                new RecordKey(Bytes.ofHex("%064x".formatted(node))),
                new IkeKey(Bytes.ofHex("%0182x".formatted(node))));
    }
}
