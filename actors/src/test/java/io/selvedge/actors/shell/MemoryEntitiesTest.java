// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.intent.MemoryAuthority;
import io.selvedge.actors.intent.MemoryAuthority.Journaled;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Payload.NodeGrant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** All entities in memory, as simulations have them. */
class MemoryEntitiesTest extends EntitiesContract {
    private final Map<String, List<Journaled>> journals = new HashMap<>();

    @Override
    Lived live(String journal, Wishes wishes, List<SignedRecord> held) throws Exception {
        var authority = new MemoryAuthority("beijing", SIGNER, new Random(2));
        authority.restore(journals.getOrDefault(journal, List.of()));
        var feed = new Feed(new MemoryEntities(authority), "beijing", new Random(1));
        feed.find(held);
        var problems = feed.fulfil(Fabrics.wish(wishes));
        journals.put(journal, authority.history());
        return new Lived(feed.published(), authority.decided(), problems);
    }

    @Test
    void whatIsCutOffIsDecidedWhenItIsSaidAgain() throws Exception {
        var authority = new MemoryAuthority("beijing", SIGNER, new Random(2));
        var entities = new MemoryEntities(authority);
        var feed = new Feed(entities, "beijing", new Random(1));
        var wish = Fabrics.wish(Wishes.of(0, 1));
        for (int failures = 0; failures < 3; failures++) {
            entities.failNext(1);
            assertThatThrownBy(() -> feed.fulfil(wish)).isInstanceOf(Feed.Unanswered.class);
        }
        feed.fulfil(wish);
        assertThat(Fabrics.said(feed.published(), NodeGrant.class)).hasSize(2);
    }
}
