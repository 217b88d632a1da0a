// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.AuthorityEvent.FabricCreated;
import io.selvedge.actors.authority.AuthorityEvent.Published;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.Roster;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Where rosters of several slices go (I3). */
class PublicationsTest {
    private static final Scope LINE = new Scope.OfCommunity("line");
    private static final Subject SUBJECT = subject("community:line");

    private final AuthorityDraft draft = AuthorityDraft.of(new AuthorityState.Unborn());

    PublicationsTest() {
        draft.take(new FabricCreated("beijing", 1, Cidr.parse("100.71.0.0/16")));
    }

    @Test
    void oneOfManySlicesNeverTakesThePlaceOfTheStandingOne() {
        var first = places(rosters(1, 600));
        var second = places(rosters(2, 700));
        var third = places(rosters(3, 600));

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
        assertThat(third).isEqualTo(first);
    }

    @Test
    void aRosterOfOneSliceIsExchangedAtOnce() {
        assertThat(places(rosters(1, 3))).isEqualTo(places(rosters(2, 4)));
    }

    @Test
    void growingAndShrinkingKeepTheFormerWhole() {
        var small = places(rosters(1, 3));
        var large = places(rosters(2, 600));
        var again = places(rosters(3, 3));

        assertThat(large).doesNotContainAnyElementsOf(small);
        assertThat(again).hasSize(1).doesNotContainAnyElementsOf(large);
    }

    @Test
    void whatStandsIsNotSaidAgain() {
        rosters(1, 600);
        var published = decide(1, 600);
        assertThat(published).isEmpty();
    }

    private List<Published> rosters(int change, int live) {
        var events = decide(change, live);
        var rosters = events.stream().filter(each -> each.payload() instanceof Roster).toList();
        assertThat(rosters)
                .extracting(each -> ((Roster) each.payload()).publication())
                .containsOnly((long) change);
        return rosters;
    }

    /** One decision that publishes something new, and keeps so many records more. */
    private List<Published> decide(int change, int live) {
        var publications = new Publications(draft, "beijing");
        var member = new TreeSet<>(List.of(subject("uid-" + change)));
        publications.publish(LINE, SUBJECT, new Community("line", member));
        for (int i = 0; i < live; i++) {
            publications.keep(LINE, new RecordType(9), subject("s" + i));
        }
        publications.publishRosters(List.of(LINE));
        return publications.events().stream()
                .filter(Published.class::isInstance)
                .map(Published.class::cast)
                .toList();
    }

    private static Set<Subject> places(List<Published> rosters) {
        return rosters.stream().map(Published::subject).collect(Collectors.toSet());
    }

    private static Subject subject(String uid) {
        return new Subject("beijing", uid);
    }
}
