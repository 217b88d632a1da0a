// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.selvedge.actors.authority.Authority.Wish;
import io.selvedge.actors.authority.AuthorityOffice.Outcome;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actor that owns the authority. It tells its audience all that is published when it starts,
 * and then what is new; what a failing journal holds up is decided again until it stands. It waits
 * for the disk: spawn it on a blocking dispatcher.
 */
public final class AuthorityActor {
    private static final Logger LOG = LoggerFactory.getLogger(AuthorityActor.class);
    private static final Duration BACKOFF_MIN = Duration.ofSeconds(1);
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

    public sealed interface Message {}

    /** The intent is good and new. */
    public record IntentChanged(Intent intent) implements Message {}

    public record RegistrationsChanged(SortedMap<String, Registration> registrations)
            implements Message {
        public RegistrationsChanged {
            registrations = new TreeMap<>(registrations);
        }
    }

    private record Retry() implements Message {}

    private final AuthorityOffice office;
    private final SortedSet<Cidr> localRoutes;
    private final Consumer<Outcome> audience;
    private final TimerScheduler<Message> timers;
    private @Nullable Intent intent;
    private @Nullable SortedMap<String, Registration> registrations;
    private Duration backoff = BACKOFF_MIN;

    private AuthorityActor(
            AuthorityOffice office,
            SortedSet<Cidr> localRoutes,
            Consumer<Outcome> audience,
            TimerScheduler<Message> timers) {
        this.office = office;
        this.localRoutes = localRoutes;
        this.audience = audience;
        this.timers = timers;
    }

    /** Behaves so; {@code audience} is called in the actor's thread and must not wait. */
    public static Behavior<Message> create(
            AuthorityOffice office, SortedSet<Cidr> localRoutes, Consumer<Outcome> audience) {
        return Behaviors.withTimers(timers -> {
            audience.accept(new Outcome(office.published(), List.of()));
            var actor = new AuthorityActor(office, localRoutes, audience, timers);
            return Behaviors.receiveMessage(actor::receive);
        });
    }

    private Behavior<Message> receive(Message message) {
        switch (message) {
            case IntentChanged(var changed) -> intent = changed;
            case RegistrationsChanged(var changed) -> registrations = changed;
            case Retry() -> {}
        }
        if (intent != null && registrations != null) {
            act(new Wish(intent, registrations, localRoutes));
        }
        return Behaviors.same();
    }

    private void act(Wish wish) {
        try {
            var outcome = office.act(wish);
            timers.cancel(Retry.class);
            backoff = BACKOFF_MIN;
            audience.accept(outcome);
        } catch (IOException failed) {
            LOG.atWarn()
                    .addKeyValue("retryIn", backoff)
                    .setCause(failed)
                    .log("authority journal failed, nothing is published");
            timers.startSingleTimer(Retry.class, new Retry(), backoff);
            var doubled = backoff.multipliedBy(2);
            backoff = doubled.compareTo(BACKOFF_MAX) < 0 ? doubled : BACKOFF_MAX;
        }
    }
}
