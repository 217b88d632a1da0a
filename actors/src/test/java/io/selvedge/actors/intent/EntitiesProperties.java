// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import static io.selvedge.actors.intent.Published.alive;
import static io.selvedge.actors.intent.Published.assertNoTwoShare;
import static io.selvedge.actors.intent.Published.assertNobodyEquivocates;
import static io.selvedge.actors.intent.Published.grants;
import static io.selvedge.actors.intent.Published.newest;
import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Authority;
import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.AuthorityEvent;
import io.selvedge.actors.authority.AuthorityState;
import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.cluster.Directory;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.record.Writers;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Cidr;
import io.selvedge.model.Header;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Slot;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds over any sequence of wishes, any order of messages, and any crash. */
class EntitiesProperties {
    private static final int TRIES = 100;
    private static final int STEPS = 8;
    private static final RecordKey AUTHORITY = Wishes.keys(99, 0).recordKey();

    @Property(tries = TRIES)
    void whatIsPublishedMeansWhatOneAuthorityAloneWouldPublish(@ForAll long seed) {
        var random = new Random(seed);
        var rehearsal = new Rehearsal(random);
        var alone = new Alone();
        for (int step = 0; step < STEPS; step++) {
            var wish = Wishes.draw(random).wish();
            rehearsal.fulfil(wish, faults(random));
            alone.fulfil(wish, random);
            var records = Rehearsal.records(rehearsal.authority.journals());
            assertThat(Meaning.of(Rehearsal.statements(records), AUTHORITY))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(Meaning.of(alone.said, AUTHORITY));
        }
    }

    @Property(tries = TRIES)
    void everySlotIsWrittenByOneEntityAndItsVersionsRise(@ForAll long seed) {
        var random = new Random(seed);
        var rehearsal = new Rehearsal(random);
        for (int step = 0; step < STEPS; step++) {
            rehearsal.fulfil(Wishes.draw(random).wish(), faults(random));
        }
        var journals = rehearsal.authority.journals();
        var writers = directory(rehearsal).writers();
        var last = new TreeMap<Slot, Version>();
        Rehearsal.published(journals)
                .forEach((entity, records) -> {
                    for (var record : records) {
                        assertThat(writers.of(record.slot())).isEqualTo(entity);
                        var before = last.put(record.slot(), record.version());
                        assertThat(before == null || before.compareTo(record.version()) < 0)
                                .isTrue();
                    }
                });
        assertThat(last).isNotEmpty();
    }

    @Property(tries = TRIES)
    void nothingIsGivenTwice(@ForAll long seed) {
        var random = new Random(seed);
        var rehearsal = new Rehearsal(random);
        for (int step = 0; step < STEPS; step++) {
            rehearsal.fulfil(Pools.in(Wishes.draw(random).wish(), random), faults(random));
        }
        var given = new ArrayList<Object>();
        rehearsal
                .authority
                .journals()
                .values()
                .forEach(events ->
                        events.forEach(event -> {
                            switch (event) {
                                case ClusterEvent.AddressGiven(_, var address) ->
                                        given.add(address);
                                case ClusterEvent.PodsGiven(_, var pods) -> given.add(pods);
                                default -> {}
                            }
                        }));
        assertThat(given).doesNotHaveDuplicates();
        assertNoTwoShare(alive(Rehearsal.records(rehearsal.authority.journals())));
    }

    /** What the fabric holds of a future that the backup knows nothing of stays true. */
    @Property(tries = TRIES)
    void aRestoredBackupContradictsNothingThatWasPublished(@ForAll long seed) {
        var random = new Random(seed);
        var rehearsal = new Rehearsal(random);
        var alone = new Alone();
        Map<EntityId, List<Object>> backup = Map.of();
        int saved = random.nextInt(STEPS);
        var wish = Wishes.draw(random).wish();
        for (int step = 0; step < STEPS; step++) {
            wish = Wishes.draw(random).wish();
            rehearsal.fulfil(wish, faults(random));
            alone.fulfil(wish, random);
            if (step == saved) {
                backup = rehearsal.authority.journals();
            }
        }
        var held = Rehearsal.records(rehearsal.authority.journals());

        rehearsal.restore(backup);
        rehearsal.find(directory(rehearsal).writers(), newest(held), faults(random));
        rehearsal.fulfil(wish, faults(random));

        var all = new ArrayList<>(held);
        all.addAll(Rehearsal.records(rehearsal.authority.journals()));
        assertNobodyEquivocates(all);
        assertThat(Meaning.of(Rehearsal.statements(all), AUTHORITY))
                .as("seed %d", seed)
                .isEqualTo(Meaning.of(alone.said, AUTHORITY));
        assertNoTwoShare(grants(all));
    }

    /** All journals are gone; the records that the fabric holds are all there is. */
    @Property(tries = TRIES)
    void aLostAuthorityIsBuiltAgainFromTheFabric(@ForAll long seed) {
        var random = new Random(seed);
        var rehearsal = new Rehearsal(random);
        var wish = Wishes.draw(random).wish();
        for (int step = 0; step < STEPS; step++) {
            wish = Wishes.draw(random).wish();
            rehearsal.fulfil(wish, faults(random));
        }
        var held = Rehearsal.records(rehearsal.authority.journals());
        var before = Meaning.of(Rehearsal.statements(held), AUTHORITY);

        rehearsal.restore(Map.of());
        rehearsal.find(new Writers("beijing"), newest(held), faults(random));
        rehearsal.fulfil(wish, faults(random));

        var all = new ArrayList<>(held);
        all.addAll(Rehearsal.records(rehearsal.authority.journals()));
        assertNobodyEquivocates(all);
        assertThat(Meaning.of(Rehearsal.statements(all), AUTHORITY))
                .as("seed %d", seed)
                .isEqualTo(before);
        assertNoTwoShare(grants(all));
    }

    @Property(tries = TRIES)
    void aLostAuthorityGivesNothingOfWhatNodesHaveToOthers(@ForAll long seed) {
        var random = new Random(seed);
        var rehearsal = new Rehearsal(random);
        var wish = Pools.in(Wishes.draw(random).wish(), random);
        for (int step = 0; step < STEPS; step++) {
            wish = Pools.in(Wishes.draw(random).wish(), random);
            rehearsal.fulfil(wish, faults(random));
        }
        var held = Rehearsal.records(rehearsal.authority.journals());

        rehearsal.restore(Map.of());
        rehearsal.find(new Writers("beijing"), newest(held), faults(random));
        rehearsal.fulfil(wish, faults(random));

        var all = new ArrayList<>(held);
        all.addAll(Rehearsal.records(rehearsal.authority.journals()));
        assertNobodyEquivocates(all);
        assertNoTwoShare(alive(all));
        var before = ofPools(alive(held));
        ofPools(alive(all))
                .forEach((name, pods) ->
                        assertThat(pods)
                                .as("seed %d, %s", seed, name)
                                .isEqualTo(before.getOrDefault(name, pods)));
    }

    /** IPv6 comes from pools alone: who had some, and is given some, is given the same. */
    private static Map<String, List<Cidr>> ofPools(List<NodeGrant> grants) {
        var pods = new TreeMap<String, List<Cidr>>();
        grants.forEach(grant ->
                pods.put(grant.name(), grant.podCidrs().stream().filter(Cidr::isV6).toList()));
        pods.values().removeIf(List::isEmpty);
        return pods;
    }

    private static Faults faults(Random random) {
        return random.nextInt(4) == 0
                ? Faults.NONE
                : new Faults(
                        random.nextDouble() * 0.3,
                        random.nextDouble() * 0.3,
                        random.nextDouble() * 0.3);
    }

    private static Directory directory(Rehearsal rehearsal) {
        return rehearsal.authority.directory().orElseThrow();
    }

    /** The authority that decides alone. */
    private static final class Alone {
        private final List<Statement> said = new ArrayList<>();
        private AuthorityState state = new AuthorityState.Unborn();

        void fulfil(Wish wish, Random random) {
            for (var event : Authority.decide(state, wish, random).events()) {
                state = state.evolve(event);
                if (event instanceof AuthorityEvent.Published it) {
                    var header =
                            new Header(
                                    it.payload().type(),
                                    it.subject(),
                                    AUTHORITY,
                                    it.scope(),
                                    it.version(),
                                    it.publication());
                    said.add(new Statement(header, it.payload()));
                }
            }
        }
    }
}
