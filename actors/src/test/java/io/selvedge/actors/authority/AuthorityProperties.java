// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.AuthorityEvent.AddressAllocated;
import io.selvedge.actors.authority.AuthorityEvent.NodeNamed;
import io.selvedge.actors.authority.AuthorityEvent.Published;
import io.selvedge.actors.authority.AuthorityState.Founded;
import io.selvedge.fabric.Statement;
import io.selvedge.fabric.View;
import io.selvedge.model.Header;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Slot;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds over any sequence of wishes; a sequence is drawn from its seed. */
class AuthorityProperties {
    private static final int STEPS = 12;
    private static final RecordKey AUTHORITY = Wishes.keys(99, 0).recordKey();

    @Property(tries = 200)
    void aDecisionThatStandsIsNotTakenAgain(@ForAll long seed) {
        var random = new Random(seed);
        AuthorityState state = new AuthorityState.Unborn();
        for (int step = 0; step < STEPS; step++) {
            var wish = Wishes.draw(random).wish();
            var decision = Authority.decide(state, wish, random);
            state = fold(state, decision.events());
            var again = Authority.decide(state, wish, random);
            assertThat(again.events()).isEmpty();
            assertThat(again.problems()).isEqualTo(decision.problems());
        }
    }

    @Property(tries = 200)
    void nothingIsGivenTwiceAndVersionsRise(@ForAll long seed) {
        var addresses = new ArrayList<>();
        var names = new ArrayList<>();
        var uids = new ArrayList<>();
        var versions = new ArrayList<Version>();
        for (var event : history(new Random(seed))) {
            switch (event) {
                case AuthorityEvent.FabricCreated _ -> assertThat(names).isEmpty();
                case NodeNamed(var name, var uid) -> {
                    names.add(name);
                    uids.add(uid);
                }
                case AddressAllocated(_, var address) -> addresses.add(address);
                case Published published -> versions.add(published.version());
            }
        }
        assertThat(addresses).doesNotHaveDuplicates();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(uids).doesNotHaveDuplicates();
        assertThat(versions).isSorted().doesNotHaveDuplicates();
    }

    @Property(tries = 200)
    void aRevokedKeyIsNeverGrantedAgain(@ForAll long seed) {
        var revoked = new TreeSet<RecordKey>();
        for (var event : history(new Random(seed))) {
            if (event instanceof Published published) {
                switch (published.payload()) {
                    case Revocation(var key, _) -> assertThat(revoked.add(key)).isTrue();
                    case NodeGrant grant -> assertThat(revoked).doesNotContain(grant.recordKey());
                    default -> {}
                }
            }
        }
    }

    @Property(tries = 200)
    void aCrashAfterAnyEventLosesNothing(@ForAll long seed) {
        var random = new Random(seed);
        var before = fold(new AuthorityState.Unborn(), history(random));
        var wish = Wishes.draw(random).wish();
        long draws = random.nextLong();
        var events = Authority.decide(before, wish, new Random(draws)).events();
        var whole = fold(before, events);
        for (int cut = 0; cut <= events.size(); cut++) {
            var crashed = fold(before, events.subList(0, cut));
            var rest = Authority.decide(crashed, wish, new Random(draws)).events();
            var recovered = (Founded) fold(crashed, rest);
            assertThat(recovered.published().values().stream().map(Object::toString).toList())
                    .hasSameSizeAs(((Founded) whole).published().values());
            assertThat(recovered.revoked()).isEqualTo(((Founded) whole).revoked());
            assertThat(recovered.addresses()).hasSameSizeAs(((Founded) whole).addresses());
        }
    }

    /** Rosters alone tell what is wanted no more, also where no revocation arrived. */
    @Property(tries = 200)
    void whatIsWantedNoMoreIsDead(@ForAll long seed) {
        var random = new Random(seed);
        var wish = Wishes.draw(random).wish();
        var events = new ArrayList<>(history(random));
        var state = fold(new AuthorityState.Unborn(), events);
        events.addAll(Authority.decide(state, wish, random).events());
        var held = new TreeMap<Slot, Statement>();
        for (var event : events) {
            if (event instanceof Published said && !(said.payload() instanceof Revocation)) {
                var statement = statement(said);
                held.put(statement.header().slot(), statement);
            }
        }

        var view = View.of(held.values(), AUTHORITY);

        assertThat(wish.intent().nodes().keySet())
                .containsAll(
                        view.grants().values().stream().map(grant -> grant.says().name()).toList());
        assertThat(view.communities().keySet()).isEqualTo(wish.intent().communities().keySet());
        assertThat(view.settings()).isNotNull();
    }

    private static Statement statement(Published said) {
        return new Statement(
                new Header(
                        said.payload().type(),
                        said.subject(),
                        AUTHORITY,
                        said.scope(),
                        said.version(),
                        said.publication()),
                said.payload());
    }

    private static List<AuthorityEvent> history(Random random) {
        var events = new ArrayList<AuthorityEvent>();
        AuthorityState state = new AuthorityState.Unborn();
        for (int step = 0; step < STEPS; step++) {
            var decided = Authority.decide(state, Wishes.draw(random).wish(), random).events();
            state = fold(state, decided);
            events.addAll(decided);
        }
        return events;
    }

    private static AuthorityState fold(AuthorityState state, List<AuthorityEvent> events) {
        for (var event : events) {
            state = state.evolve(event);
        }
        return state;
    }
}
