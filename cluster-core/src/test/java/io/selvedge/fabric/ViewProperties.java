// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static io.selvedge.fabric.Statements.FABRIC;
import static io.selvedge.fabric.Statements.FIRST;
import static io.selvedge.fabric.Statements.OTHER_PLANT;
import static io.selvedge.fabric.Statements.PLANT;
import static io.selvedge.fabric.Statements.ROOT;
import static io.selvedge.fabric.Statements.SECOND;
import static io.selvedge.fabric.Statements.key;
import static io.selvedge.fabric.Statements.node;
import static io.selvedge.fabric.Statements.said;
import static io.selvedge.fabric.Statements.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Slot;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The laws of believing, over random sets of statements full of contradictions. */
class ViewProperties {
    private static final int NODES = 6;
    private static final int STEPS = 60;
    private static final List<RecordKey> AUTHORITIES =
            List.of(FIRST, FIRST, FIRST, SECOND, PLANT, PLANT, OTHER_PLANT, ROOT);

    @Property(tries = 400)
    void updatesGiveWhatAllStatementsGive(@ForAll long seed) {
        var random = new Random(seed);
        var held = new TreeMap<Slot, Statement>();
        var view = View.of(List.of(), ROOT);
        for (int step = 0; step < STEPS; step++) {
            var changed = new HashSet<Scope>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                changed.add(change(held, step, random));
            }
            view = view.update(only(held, changed));
            assertThat(view).as("step %d", step).isEqualTo(View.of(held.values(), ROOT));
        }
    }

    @Property(tries = 300)
    void theOrderOfArrivalDoesNotMatter(@ForAll long seed) {
        var random = new Random(seed);
        var statements = new ArrayList<>(world(random).values());
        var view = View.of(statements, ROOT);
        Collections.shuffle(statements, random);
        assertThat(View.of(statements, ROOT)).isEqualTo(view);
    }

    @Property(tries = 300)
    void nothingIsGivenTwiceAndNothingToTheRevoked(@ForAll long seed) {
        var view = View.of(world(new Random(seed)).values(), ROOT);
        var addresses = new HashSet<IpAddress>();
        var keys = new HashSet<Object>();
        var pods = new ArrayList<Cidr>();
        view.grants()
                .forEach((node, believed) -> {
                    var grant = believed.says();
                    assertThat(view.isRevoked(grant.recordKey())).isFalse();
                    assertThat(addresses.add(grant.fabricAddress())).isTrue();
                    assertThat(keys.add(grant.recordKey())).isTrue();
                    assertThat(keys.add(grant.ikeKey())).isTrue();
                    for (var cidr : grant.podCidrs()) {
                        assertThat(pods).noneMatch(cidr::overlaps);
                    }
                    pods.addAll(grant.podCidrs());
                    assertThat(view.nodeAt(grant.fabricAddress())).isEqualTo(node);
                    assertThat(view.writerOf(grant.recordKey())).isEqualTo(node);
                });
        for (int node = 0; node < NODES; node++) {
            if (view.endpoint(node(node)) != null || view.observation(node(node)) != null) {
                assertThat(view.grant(node(node))).isNotNull();
            }
        }
    }

    /** Another statement that revokes never makes a revoked key good again. */
    @Property(tries = 300)
    void revocationsAbsorb(@ForAll long seed) {
        var random = new Random(seed);
        var held = world(random);
        var before = View.of(held.values(), ROOT);
        var more = new ArrayList<>(held.values());
        more.add(Statements.revoked(ROOT, FIRST));
        more.add(Statements.revoked(ROOT, SECOND));
        var after = View.of(more, ROOT);
        for (int number = 0; number < NODES; number++) {
            if (before.isRevoked(key(number))) {
                assertThat(after.isRevoked(key(number))).isTrue();
            }
        }
    }

    private static Map<Slot, Statement> world(Random random) {
        var held = new TreeMap<Slot, Statement>();
        for (int step = 0; step < STEPS; step++) {
            change(held, step, random);
        }
        return held;
    }

    private static Map<Scope, List<Statement>> only(Map<Slot, Statement> held, Set<Scope> scopes) {
        var changed = new HashMap<Scope, List<Statement>>();
        scopes.forEach(scope -> changed.put(scope, new ArrayList<>()));
        held.forEach((slot, statement) ->
                changed.computeIfPresent(
                        slot.scope(),
                        (_, list) -> {
                            list.add(statement);
                            return list;
                        }));
        return changed;
    }

    /** Takes one statement out, or puts one in, and says in which scope. */
    private static Scope change(Map<Slot, Statement> held, int step, Random random) {
        if (!held.isEmpty() && random.nextInt(5) == 0) {
            var slots = new ArrayList<>(held.keySet());
            var slot = slots.get(random.nextInt(slots.size()));
            held.remove(slot);
            return slot.scope();
        }
        var statement = step == 0 ? Statements.trusted(FIRST, PLANT) : draw(step, random);
        held.put(statement.header().slot(), statement);
        return statement.header().scope();
    }

    private static Statement draw(int step, Random random) {
        var authority = AUTHORITIES.get(random.nextInt(AUTHORITIES.size()));
        int node = random.nextInt(NODES);
        int publication = random.nextInt(5);
        return switch (random.nextInt(14)) {
            case 0 -> {
                var keys = new TreeSet<>(AUTHORITIES);
                keys.removeIf(_ -> random.nextInt(4) == 0);
                var trust = Statements.trust(keys.toArray(RecordKey[]::new));
                yield said(ROOT, subject("trust"), FABRIC, step, 0, trust);
            }
            case 1 -> {
                var settings = Statements.settings(random.nextBoolean() ? "beijing" : "shanghai");
                yield said(authority, subject("fabric"), FABRIC, step, publication, settings);
            }
            case 2 -> {
                var key = random.nextInt(4) == 0 ? authority : key(random.nextInt(NODES));
                var by = AUTHORITIES.get(random.nextInt(AUTHORITIES.size()));
                yield Statements.revoked(by, key);
            }
            case 3 -> {
                var line = Statements.line(node, random.nextInt(NODES));
                var scope = new Scope.OfCommunity("line");
                yield said(authority, subject("community"), scope, step, publication, line);
            }
            case 4, 5 -> {
                var scope = random.nextInt(3) == 0 ? new Scope.OfCommunity("line") : scope(node);
                yield said(authority, subject("roster"), scope, step, 0, roster(node, random));
            }
            case 6, 7 -> {
                var address = List.of(IpAddress.parse("10.99.%d.2".formatted(random.nextInt(9))));
                var endpoint = new Payload.Endpoint(address, 500, "userspace", step);
                yield said(key(random.nextInt(NODES)), node(node), scope(node), step, 0, endpoint);
            }
            case 8 -> {
                var seen = new Payload.Observation(IpAddress.parse("10.99.7.7"), 4500, true);
                yield said(key(random.nextInt(NODES)), node(node), scope(node), step, 0, seen);
            }
            default -> {
                var grant =
                        Statements.grant(
                                node, near(node, random), near(node, random), near(node, random));
                yield said(authority, node(node), scope(node), step, publication, grant);
            }
        };
    }

    private static int near(int node, Random random) {
        return random.nextInt(4) == 0 ? random.nextInt(NODES) : node;
    }

    private static Payload.Roster roster(int node, Random random) {
        var live = new TreeSet<Bytes>();
        if (random.nextBoolean()) {
            live.add(Rosters.hash(RecordType.NODE_GRANT, node(node)));
            live.add(Rosters.hash(RecordType.COMMUNITY, subject("community")));
        }
        return new Payload.Roster(1 + random.nextInt(5), 0, 1 + random.nextInt(2), live);
    }

    private static Subject subject(String uid) {
        return new Subject("beijing", uid);
    }
}
