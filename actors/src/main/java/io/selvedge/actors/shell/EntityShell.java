// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import io.selvedge.actors.cluster.ClusterState;
import io.selvedge.actors.entity.Core;
import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.Entity;
import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.persistence.EntityNames;
import io.selvedge.actors.shell.EntityMessage.Look;
import io.selvedge.actors.shell.EntityMessage.Order;
import io.selvedge.actors.shell.EntityMessage.Outcome;
import io.selvedge.actors.shell.EntityMessage.Repeat;
import io.selvedge.actors.shell.EntityMessage.Sight;
import io.selvedge.fabric.SignedRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The actor around a pure entity: persists what it decides, then publishes, tells others and
 * answers. What is open is told again after a recovery, and every ten seconds. Ends when the
 * journal fails; whoever hosts it brings it back.
 */
public final class EntityShell<C extends EntityCommand, E, S>
        extends EventSourcedBehavior<EntityMessage, E, S> {
    private static final Duration REPEAT = Duration.ofSeconds(10);

    /** The Cluster's state grows with the fabric, so it is written more rarely. */
    private static final int CLUSTER_SNAPSHOT_EVERY = 1_000;

    private static final int SNAPSHOT_EVERY = 100;
    private static final int SNAPSHOTS = 2;

    /**
     * What an entity's actor works with.
     *
     * @param audience told what is published, all that stands after a recovery and then what is
     *     new; called in the actor's thread, and must not wait
     * @param post takes what others must hear; null when whoever asks passes that on
     */
    public record Surroundings(
            Consumer<List<SignedRecord>> audience, @Nullable Consumer<Tell> post) {}

    private final EntityId id;
    private final Class<C> commands;
    private final Entity<C, E, S> entity;
    private final Surroundings surroundings;
    private final ActorContext<EntityMessage> context;
    private final TimerScheduler<EntityMessage> timers;

    private EntityShell(
            EntityId id,
            Core<C, E, S> core,
            Surroundings surroundings,
            ActorContext<EntityMessage> context,
            TimerScheduler<EntityMessage> timers) {
        super(EntityNames.of(id));
        this.id = id;
        this.commands = core.commands();
        this.entity = core.entity();
        this.surroundings = surroundings;
        this.context = context;
        this.timers = timers;
    }

    public static <C extends EntityCommand, E, S> Behavior<EntityMessage> create(
            EntityId id, Core<C, E, S> core, Surroundings surroundings) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(
                        timers -> new EntityShell<>(id, core, surroundings, context, timers)));
    }

    @Override
    public S emptyState() {
        return entity.empty();
    }

    @Override
    public CommandHandler<EntityMessage, E, S> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Order.class, this::order)
                .onCommand(
                        Look.class, (state, look) -> Effect().reply(look.replyTo(), sight(state)))
                .onCommand(
                        Repeat.class,
                        (state, _) -> Effect().none().thenRun((S after) -> tellAgain(after)))
                .build();
    }

    @Override
    public EventHandler<S, E> eventHandler() {
        return entity::evolve;
    }

    @Override
    public SignalHandler<S> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(
                        RecoveryCompleted.class,
                        (state, _) -> {
                            publish(entity.standing(state));
                            tellAgain(state);
                        })
                .build();
    }

    @Override
    public Set<String> tagsFor(E event) {
        return Set.of(EntityNames.tag(id));
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        int every = id.kind() == EntityKind.CLUSTER ? CLUSTER_SNAPSHOT_EVERY : SNAPSHOT_EVERY;
        return RetentionCriteria.snapshotEvery(every, SNAPSHOTS);
    }

    private Effect<E, S> order(S state, Order order) {
        var command = commands.cast(order.command());
        var decision = entity.decide(state, command);
        var events = decision.events();
        return (events.isEmpty() ? Effect().none() : Effect().persist(events))
                .thenRun((S after) -> say(after, command, decision, order.replyTo()));
    }

    private void say(
            S after, C command, Decision<E> decision, @Nullable ActorRef<Outcome> replyTo) {
        publish(
                decision.events().stream()
                        .flatMap(event -> entity.published(event).stream())
                        .toList());
        var told = new ArrayList<Tell>();
        if (surroundings.post() == null) {
            told.addAll(decision.tells());
            told.addAll(entity.outstanding(after));
        } else {
            decision.tells().forEach(surroundings.post());
            remind(after);
        }
        int decided = decision.events().size();
        if (replyTo != null) {
            replyTo.tell(
                    new Outcome(
                            decided, decision.problems(), told, entity.receipt(after, command)));
        } else if (decided > 0) {
            decision.problems().forEach(problem -> context.getLog().warn(problem));
        }
    }

    private void publish(List<SignedRecord> records) {
        if (!records.isEmpty()) {
            surroundings.audience().accept(records);
        }
    }

    private void tellAgain(S state) {
        if (surroundings.post() != null) {
            entity.outstanding(state).forEach(surroundings.post());
            remind(state);
        }
    }

    private void remind(S state) {
        if (!timers.isTimerActive(Repeat.class) && !entity.outstanding(state).isEmpty()) {
            timers.startSingleTimer(Repeat.class, new Repeat(), REPEAT);
        }
    }

    private Sight sight(S state) {
        return new Sight(
                entity.standing(state), state instanceof ClusterState cluster ? cluster : null);
    }
}
