// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.Version;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said to entities is decided once, and stands when they come back, as it was. */
abstract class EntitiesContract {
    static final RecordSigner SIGNER = Wishes.signer();

    private static final Wishes WISHES = Wishes.of(0, 1, 2).community("red", 1, 2);

    /** What stands and how many events there are, and what was wrong. */
    record Lived(List<SignedRecord> published, long events, Collection<String> problems) {}

    /** One life of the entities with this journal, which was told what the fabric holds. */
    abstract Lived live(String journal, Wishes wishes, List<SignedRecord> held) throws Exception;

    @Test
    void grantsWhatIsWantedAndPublishesNothingAnewAfterARestart() throws Exception {
        var first = live("a", WISHES, List.of());

        assertThat(first.problems()).isEmpty();
        assertThat(Fabrics.said(first.published(), NodeGrant.class))
                .extracting(NodeGrant::name)
                .containsExactlyInAnyOrder("node0", "node1", "node2");
        assertThat(Fabrics.said(first.published(), Community.class)).hasSize(1);
        var again = live("a", WISHES, first.published());
        assertThat(again.published()).containsExactlyInAnyOrderElementsOf(first.published());
        assertThat(again.events()).isEqualTo(first.events());
    }

    @Test
    void saysWhatIsWrongAndGrantsTheRest() throws Exception {
        var lived = live("a", WISHES.unregistered(2), List.of());

        assertThat(lived.problems())
                .containsExactly(
                        "node node2 has no registered keys yet; register it and it gets its grant");
        assertThat(Fabrics.said(lived.published(), NodeGrant.class)).hasSize(2);
    }

    @Test
    void revokesTheKeyOfANodeThatIsNoLongerWanted() throws Exception {
        live("a", WISHES, List.of());

        var without = live("a", Wishes.of(0, 1), List.of());

        assertThat(Fabrics.said(without.published(), Revocation.class))
                .extracting(Revocation::revoked)
                .containsExactly(Wishes.keys(2, 0).recordKey());
    }

    @Test
    void aLostJournalIsMadeGoodFromTheFabricInANewEpoch() throws Exception {
        var before = live("a", WISHES, List.of());

        var after = live("b", WISHES, before.published());

        assertThat(Fabrics.said(after.published(), NodeGrant.class))
                .containsExactlyInAnyOrderElementsOf(
                        Fabrics.said(before.published(), NodeGrant.class));
        assertThat(after.published())
                .extracting(SignedRecord::version)
                .extracting(Version::epoch)
                .containsOnly(2L);
        assertThat(before.published())
                .extracting(SignedRecord::version)
                .extracting(Version::epoch)
                .containsOnly(1L);
    }
}
