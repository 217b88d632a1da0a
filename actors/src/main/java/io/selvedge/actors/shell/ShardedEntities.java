// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityContext;
import akka.cluster.sharding.typed.javadsl.EntityRef;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.persistence.EntityNames;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.sharding.Kind;
import io.selvedge.actors.sharding.Sharding;
import io.selvedge.actors.shell.EntityMessage.Look;
import io.selvedge.actors.shell.EntityMessage.Order;
import io.selvedge.actors.shell.EntityMessage.Outcome;
import io.selvedge.actors.shell.EntityMessage.Sight;
import io.selvedge.actors.shell.EntityShell.Surroundings;
import io.selvedge.fabric.SignedRecord;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The entities of a fabric, spread over its cloud nodes, as one of these reaches them. Give {@link
 * #sharding} to the cluster plane as its tenant.
 */
public final class ShardedEntities implements Entities {
    /**
     * What was said to an owner that died is lost: it is said again, so often, to the next one. Was
     * it but the answer that got lost, the next one decided nothing.
     */
    private static final Duration ASK = Duration.ofMillis(2_500);

    private static final int ASKS = 4;

    /** After which an ask has no timer any more. */
    private static final Duration GRACE = Duration.ofMillis(500);

    /** A Community of a hundred has 4,950 tunnels, and most are quiet. */
    private static final Duration TUNNEL_IDLE = Duration.ofMinutes(2);

    private final Map<EntityKind, Kind<EntityMessage>> kinds = new EnumMap<>(EntityKind.class);
    private final Sharding sharding;

    /**
     * @param audience told on this node what its entities publish, see {@link Surroundings}
     */
    public ShardedEntities(Journal journal, Cores cores, Consumer<List<SignedRecord>> audience) {
        for (var kind : EntityKind.values()) {
            kinds.put(
                    kind,
                    new Kind<>(
                            key(kind),
                            kind == EntityKind.TUNNEL
                                    ? new Kind.Stay.While(TUNNEL_IDLE)
                                    : new Kind.Stay.Remembered(),
                            context -> behavior(kind, context, cores, audience)));
        }
        sharding = new Sharding(journal, List.copyOf(kinds.values()), cores.sealKey());
    }

    public Sharding sharding() {
        return sharding;
    }

    @Override
    public CompletionStage<Outcome> say(Tell tell) {
        return entity(
                tell.to(),
                entity -> entity.ask(replyTo -> new Order(tell.command(), replyTo), ASK));
    }

    @Override
    public CompletionStage<Sight> look(EntityId id) {
        return entity(id, entity -> entity.ask(Look::new, ASK));
    }

    private <T> CompletionStage<T> entity(
            EntityId id, Function<EntityRef<EntityMessage>, CompletionStage<T>> ask) {
        var kind = Objects.requireNonNull(kinds.get(id.kind()), "all kinds are there");
        return asked(
                () ->
                        sharding.entity(kind, id.id())
                                .map(ask)
                                .orElseThrow(() ->
                                        new IllegalStateException(
                                                "the cluster plane has not started")),
                ASKS);
    }

    /** An actor system that ends throws at who asks, and takes the timers of who asked with it. */
    private static <T> CompletionStage<T> asked(Supplier<CompletionStage<T>> ask, int times) {
        var answer =
                CompletableFuture.completedFuture(ask)
                        .thenCompose(Supplier::get)
                        .orTimeout(ASK.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        return times == 1
                ? answer
                : answer.exceptionallyCompose(failed ->
                        isLost(failed)
                                ? asked(ask, times - 1)
                                : CompletableFuture.failedFuture(failed));
    }

    private static boolean isLost(Throwable failed) {
        return failed instanceof TimeoutException || failed.getCause() instanceof TimeoutException;
    }

    private static EntityTypeKey<EntityMessage> key(EntityKind kind) {
        return EntityTypeKey.create(EntityMessage.class, EntityNames.kind(kind));
    }

    private static Behavior<EntityMessage> behavior(
            EntityKind kind,
            EntityContext<EntityMessage> context,
            Cores cores,
            Consumer<List<SignedRecord>> audience) {
        var id = new EntityId(kind, context.getEntityId());
        return Behaviors.setup(actor -> {
            var system = actor.getSystem();
            return EntityShell.create(
                    id, cores.of(id), new Surroundings(audience, tell -> post(system, tell)));
        });
    }

    private static void post(ActorSystem<?> system, Tell tell) {
        ClusterSharding.get(system)
                .entityRefFor(key(tell.to().kind()), tell.to().id())
                .tell(new Order(tell.command(), null));
    }
}
