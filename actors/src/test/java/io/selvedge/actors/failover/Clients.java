// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.failover;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.community.CommunityCommand;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.persistence.EntityNames;
import io.selvedge.actors.shell.Entities;
import io.selvedge.actors.shell.EntityMessage.Outcome;
import io.selvedge.actors.shell.EntityMessage.Sight;
import io.selvedge.actors.shell.Fabrics;
import io.selvedge.actors.shell.Feed;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Subject;
import java.time.Duration;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The clients of one cloud node, which change all the time what is wanted: some a Community each,
 * one the fabric as a whole. What is not answered they ask again, until it is.
 */
final class Clients {
    private static final int COMMUNITIES = 6;
    private static final Duration PACE = Duration.ofMillis(400);
    private static final Duration FEED_PACE = Duration.ofSeconds(1);

    /** Of which a revision's members are made, one a bit. */
    private static final int BITS = 20;

    private final Entities entities;
    private final String name;
    private final Consumer<Word> says;
    private final ScheduledExecutorService threads =
            Executors.newScheduledThreadPool(
                    COMMUNITIES + 1, Thread.ofPlatform().daemon().name("client").factory());
    private volatile boolean resting;

    /**
     * @param node whose they are; two lives of it are two
     */
    Clients(Entities entities, String node, Consumer<Word> says) {
        this.entities = entities;
        this.name = node + "-" + ProcessHandle.current().pid();
        this.says = says;
    }

    void start() {
        for (int i = 1; i <= COMMUNITIES; i++) {
            repeat(PACE, new Declaring("load-" + name + "-" + i));
        }
        repeat(FEED_PACE, new Feeding());
    }

    /** They begin nothing more. */
    void rest() {
        resting = true;
    }

    private void repeat(Duration pace, Runnable change) {
        var _ =
                threads.scheduleWithFixedDelay(
                        () -> {
                            if (!resting) {
                                change.run();
                            }
                        },
                        0,
                        pace.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Declares a Community with other members each time, its revision's. */
    private final class Declaring implements Runnable {
        private final String community;
        private long revision = 1;

        Declaring(String community) {
            this.community = community;
        }

        @Override
        public void run() {
            var wanted = new Community(community, members(revision));
            var mandate = new Mandate(1, revision);
            var tell = new Tell(community, new CommunityCommand.Declare(mandate, wanted));
            try {
                var outcome = entities.say(tell).toCompletableFuture().get();
                // None when an ask before, whose answer was lost, had been heard.
                says.accept(new Word.Told(journaled(tell.to()), outcome.decided(), revision));
                revision++;
            } catch (ExecutionException unanswered) {
                // The next run says the same.
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        private static SortedSet<Subject> members(long revision) {
            var members = new TreeSet<Subject>();
            for (int bit = 0; bit < BITS; bit++) {
                if ((revision >> bit & 1) == 1) {
                    members.add(new Subject(CloudMain.FABRIC, "member" + bit));
                }
            }
            return members;
        }
    }

    /** Wants another fabric each time, against the clients of other nodes. */
    private final class Feeding implements Runnable {
        private final Random random = new Random();
        private final Feed feed = new Feed(new Heard(), CloudMain.FABRIC, random);

        @Override
        public void run() {
            var wishes = Wishes.draw(random).community(name, random.nextInt(6), random.nextInt(6));
            try {
                var _ = feed.fulfil(Fabrics.wish(wishes));
            } catch (Feed.Unanswered again) {
                // The next wish asks all of them, too.
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The entities, as the feed's client hears them. */
    private final class Heard implements Entities {
        @Override
        public CompletionStage<Outcome> say(Tell tell) {
            return entities.say(tell)
                    .thenApply(outcome -> {
                        says.accept(new Word.Told(journaled(tell.to()), outcome.decided(), 0));
                        return outcome;
                    });
        }

        @Override
        public CompletionStage<Sight> look(EntityId entity) {
            return entities.look(entity);
        }
    }

    private static String journaled(EntityId entity) {
        return EntityNames.of(entity).id();
    }
}
