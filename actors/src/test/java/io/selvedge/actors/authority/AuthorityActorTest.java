// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.ManualTime;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.AuthorityActor.IntentChanged;
import io.selvedge.actors.authority.AuthorityActor.Message;
import io.selvedge.actors.authority.AuthorityActor.RegistrationsChanged;
import io.selvedge.actors.authority.AuthorityOffice.Outcome;
import io.selvedge.fabric.RecordSigner;
import java.time.Duration;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuthorityActorTest {
    private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
    private final ManualTime time = ManualTime.get(kit.system());
    private final TestProbe<Outcome> audience = kit.createTestProbe();
    private final RecordSigner signer = Wishes.signer();
    private final MemoryJournal journal = new MemoryJournal();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void tellsWhatIsNewAndAfterARestartAllOfIt() {
        var actor = spawn(journal);
        assertThat(audience.receiveMessage().published()).isEmpty();
        tell(actor, Wishes.of(0, 1).wish());
        var first = audience.receiveMessage().published();
        assertThat(first).as("settings and grants, a roster each").hasSize(6);
        tell(actor, Wishes.of(0, 1, 2).wish());
        audience.receiveMessage();
        assertThat(audience.receiveMessage().published()).hasSize(2);
        kit.stop(actor);

        var restarted = spawn(MemoryJournal.of(journal.entries()));

        var again = audience.receiveMessage().published();
        assertThat(again).hasSize(8).containsAll(first);
        tell(restarted, Wishes.of(0, 1, 2).wish());
        assertThat(audience.receiveMessage().published()).isEmpty();
    }

    @Test
    void whatAJournalHoldsUpIsPublishedLater() {
        var actor = spawn(journal);
        audience.receiveMessage();
        journal.failNext(3);
        tell(actor, Wishes.of(0, 1).wish());
        audience.expectNoMessage(Duration.ZERO);

        await().until(() -> {
            time.timePasses(Duration.ofSeconds(1));
            return !journal.entries().isEmpty();
        });

        assertThat(audience.receiveMessage().published()).hasSize(6);
        time.timePasses(Duration.ofSeconds(60));
        audience.expectNoMessage(Duration.ZERO);
    }

    private ActorRef<Message> spawn(AuthorityJournal over) {
        var office = new AuthorityOffice(over, signer, new Random(1));
        return kit.spawn(AuthorityActor.create(office, new TreeSet<>(), audience.getRef()::tell));
    }

    private static void tell(ActorRef<Message> actor, Wish wish) {
        actor.tell(new RegistrationsChanged(wish.registrations()));
        actor.tell(new IntentChanged(wish.intent()));
    }
}
