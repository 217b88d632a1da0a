// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.internal.PoisonPill;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.ShardRegion.CurrentShardRegionState;
import akka.cluster.sharding.typed.ClusterShardingQuery;
import akka.cluster.sharding.typed.GetShardRegionState;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.ClusterSharding.Passivate;
import akka.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.japi.function.Function;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.actors.sharding.Counter.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entities leave memory and come back, also those that do not hear that they shall leave. */
class LodgingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration ASK = Duration.ofSeconds(3);
    private static final Duration IDLE = Duration.ofMillis(300);
    private static final Kind.Stay BRIEF = new Kind.Stay.While(IDLE);

    @TempDir private Path folder;
    private final AtomicInteger births = new AtomicInteger();
    private Journal journal;

    @SuppressWarnings("NullAway.Init") // each test starts with start()
    private ActorSystem<Void> system;

    @BeforeEach
    void open() throws Exception {
        journal = Journal.open(TestJournals.file(folder), TestJournals.alone("c1"));
    }

    @AfterEach
    void close() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        journal.close();
    }

    @Test
    void anIdleEntityLeavesAndComesBackWithItsState() {
        assertLeavesAndComesBack(Counter::create);
    }

    @Test
    void anEntityThatDoesNotHearItsStopIsEndedAndAnswersAgain() {
        assertLeavesAndComesBack(id -> deaf(Counter.create(id)));
    }

    private void assertLeavesAndComesBack(Function<String, Behavior<Counter.Command>> entity) {
        var kind = kind(BRIEF, entity);
        var sharding = start(kind);
        count(sharding, kind, "1");
        await().atMost(PATIENCE).until(() -> inMemory(kind) == 0);
        assertThat(count(sharding, kind, "2").count()).isEqualTo(2);
        assertThat(births).hasValue(2);
    }

    /** Why {@link Lodging} is there: when this fails, Akka has learnt it and Lodging may go. */
    @Test
    void withoutOursAkkaHoldsBackWhatIsSentToADeafEntityForEver() {
        start(kind(BRIEF, Counter::create));
        var key = EntityTypeKey.create(Counter.Command.class, "Bare");
        var sharding = ClusterSharding.get(system);
        sharding.init(Entity.of(key, context -> deaf(leaving(context.getShard()))));
        var entity = sharding.entityRefFor(key, "a");
        await().atMost(PATIENCE).until(() -> ask(entity, Counter.Get::new).isPresent());
        assertThat(ask(entity, Counter.Get::new)).isEmpty();
    }

    @Test
    void aRememberedEntityIsThereAfterARestartThoughNobodyAsks() {
        var kind = kind(new Kind.Stay.Remembered(), Counter::create);
        count(start(kind), kind, "1");
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
        assertThat(births).hasValue(1);
        start(kind);
        await().atMost(PATIENCE).until(() -> births.get() == 2);
    }

    private Sharding start(Kind<Counter.Command> kind) {
        var sharding =
                new Sharding(journal, List.of(kind), CloudNodes.SEAL_KEY, Duration.ofMillis(500));
        var config =
                ConfigFactory.parseString(
                                """
                                akka.actor.provider = cluster
                                akka.cluster.roles = [cloud]
                                akka.cluster.jmx.enabled = off
                                akka.remote.artery.canonical { hostname = 127.0.79.20, port = 0 }
                                akka.loglevel = ERROR
                                """)
                        .withFallback(sharding.settings())
                        .withFallback(ConfigFactory.load());
        system = ActorSystem.create(Behaviors.<Void>empty(), "selvedge", config);
        sharding.moveIn(Adapter.toClassic(system));
        var cluster = Cluster.get(system);
        cluster.manager().tell(Join.create(cluster.selfMember().address()));
        return sharding;
    }

    private Kind<Counter.Command> kind(
            Kind.Stay stay, Function<String, Behavior<Counter.Command>> entity) {
        return new Kind<>(
                Counter.KEY,
                stay,
                context -> {
                    births.incrementAndGet();
                    return entity.apply(context.getEntityId());
                });
    }

    /** Answers, and wants to leave before the answer is there. */
    private static Behavior<Counter.Command> leaving(ActorRef<ShardCommand> shard) {
        return Behaviors.setup(context ->
                Behaviors.receive(Counter.Command.class)
                        .onMessage(
                                Counter.Get.class,
                                get -> {
                                    shard.tell(new Passivate<>(context.getSelf()));
                                    get.replyTo().tell(new State(0, ""));
                                    return Behaviors.same();
                                })
                        .build());
    }

    /** The same, but for the message that ends it: as after a restart at the wrong moment. */
    private static Behavior<Counter.Command> deaf(Behavior<Counter.Command> entity) {
        return Behaviors.intercept(Deaf::new, entity);
    }

    private static final class Deaf extends BehaviorInterceptor<Counter.Command, Counter.Command> {
        Deaf() {
            super(Counter.Command.class);
        }

        @Override
        public Behavior<Counter.Command> aroundReceive(
                TypedActorContext<Counter.Command> context,
                Counter.Command message,
                ReceiveTarget<Counter.Command> target) {
            return target.apply(context, message);
        }

        @Override
        public Behavior<Counter.Command> aroundSignal(
                TypedActorContext<Counter.Command> context,
                Signal signal,
                SignalTarget<Counter.Command> target) {
            return signal instanceof PoisonPill ? Behaviors.same() : target.apply(context, signal);
        }
    }

    /** How many entities are in memory. */
    private int inMemory(Kind<Counter.Command> kind) {
        var state =
                AskPattern.<ClusterShardingQuery, CurrentShardRegionState>ask(
                        ClusterSharding.get(system).shardState(),
                        to -> new GetShardRegionState(kind.key(), to),
                        ASK,
                        system.scheduler());
        return state.toCompletableFuture().join().getShards().stream()
                .mapToInt(shard -> shard.getEntityIds().size())
                .sum();
    }

    private static State count(Sharding sharding, Kind<Counter.Command> kind, String cause) {
        return await().atMost(PATIENCE)
                .until(
                        () ->
                                sharding.entity(kind, "a")
                                        .flatMap(entity ->
                                                ask(entity, to -> new Counter.Count(cause, to))),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<State> ask(
            EntityRef<Counter.Command> entity, Function<ActorRef<State>, Counter.Command> message) {
        try {
            return Optional.of(entity.ask(message, ASK).toCompletableFuture().join());
        } catch (CompletionException unanswered) {
            return Optional.empty();
        }
    }
}
