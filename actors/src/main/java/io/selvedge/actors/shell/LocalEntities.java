// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.journal.JournalModule;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.shell.EntityMessage.Look;
import io.selvedge.actors.shell.EntityMessage.Order;
import io.selvedge.actors.shell.EntityMessage.Outcome;
import io.selvedge.actors.shell.EntityMessage.Sight;
import io.selvedge.actors.shell.EntityShell.Surroundings;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The entities of a fabric in one process that has the journal for itself, without a cluster: where
 * nodes are enrolled, before any of them runs. What is said to one entity is through when all that
 * it led to at others is.
 */
public final class LocalEntities implements Entities, AutoCloseable {
    private static final Duration ASK = Duration.ofSeconds(10);

    /** Says something to an entity that may not have been heard of before. */
    private record Pass(EntityId to, EntityMessage message) {}

    private final ActorSystem<Pass> system;

    public LocalEntities(Journal journal, Cores cores) {
        var settings =
                journal.settings()
                        .withFallback(JournalModule.settings())
                        .withFallback(
                                ConfigFactory.parseMap(
                                        Map.of(
                                                "akka.actor.provider",
                                                "local",
                                                "akka.loggers",
                                                List.of("akka.event.slf4j.Slf4jLogger"),
                                                "akka.stdout-loglevel",
                                                "OFF",
                                                "akka.loglevel",
                                                "WARNING")))
                        .withFallback(ConfigFactory.defaultReference())
                        .resolve();
        system = ActorSystem.create(House.create(cores), "enrolment", settings);
    }

    @Override
    public CompletionStage<Outcome> say(Tell tell) {
        return pass(tell)
                .thenCompose(first -> {
                    var said = new HashSet<>(Set.of(tell));
                    var open = new ArrayDeque<>(first.tells().stream().filter(said::add).toList());
                    return follow(open, said, first);
                });
    }

    @Override
    public CompletionStage<Sight> look(EntityId entity) {
        return ask(entity, Look::new);
    }

    /** Waits until all actors have ended. */
    @Override
    public void close() {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }

    private CompletionStage<Outcome> follow(Deque<Tell> open, Set<Tell> said, Outcome soFar) {
        var tell = open.poll();
        if (tell == null) {
            return CompletableFuture.completedFuture(soFar);
        }
        return pass(tell)
                .thenCompose(outcome -> {
                    outcome.tells().stream().filter(said::add).forEach(open::add);
                    var problems = new LinkedHashSet<>(soFar.problems());
                    problems.addAll(outcome.problems());
                    return follow(
                            open,
                            said,
                            new Outcome(
                                    soFar.decided() + outcome.decided(),
                                    List.copyOf(problems),
                                    List.of(),
                                    soFar.receipt()));
                });
    }

    private CompletionStage<Outcome> pass(Tell tell) {
        return ask(tell.to(), replyTo -> new Order(tell.command(), replyTo));
    }

    private <T> CompletionStage<T> ask(EntityId to, Function<ActorRef<T>, EntityMessage> message) {
        return AskPattern.ask(
                system, replyTo -> new Pass(to, message.apply(replyTo)), ASK, system.scheduler());
    }

    /** Where they live. */
    private static final class House extends AbstractBehavior<Pass> {
        private final Cores cores;
        private final Map<EntityId, ActorRef<EntityMessage>> lodgers = new HashMap<>();

        private House(ActorContext<Pass> context, Cores cores) {
            super(context);
            this.cores = cores;
        }

        static Behavior<Pass> create(Cores cores) {
            return Behaviors.setup(context -> new House(context, cores));
        }

        @Override
        public Receive<Pass> createReceive() {
            return newReceiveBuilder().onMessage(Pass.class, this::onPass).build();
        }

        private Behavior<Pass> onPass(Pass pass) {
            lodgers.computeIfAbsent(pass.to(), this::spawn).tell(pass.message());
            return this;
        }

        private ActorRef<EntityMessage> spawn(EntityId id) {
            return getContext()
                    .spawn(
                            EntityShell.create(id, cores.of(id), new Surroundings(_ -> {}, null)),
                            URLEncoder.encode(id.toString(), StandardCharsets.UTF_8));
        }
    }
}
