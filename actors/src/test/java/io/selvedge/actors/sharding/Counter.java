// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import io.selvedge.actors.persistence.Journaled;
import io.selvedge.actors.persistence.Slice;
import java.util.Set;

/** The smallest entity there is: it counts, each cause once, and says what it has counted. */
public final class Counter
        extends EventSourcedBehavior<Counter.Command, Counter.Counted, Counter.State> {
    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Counter");
    static final int SNAPSHOT_EVERY = 5;

    public sealed interface Command extends Sent {}

    /** Counts, unless {@code cause} is the last that was counted. */
    public record Count(String cause, ActorRef<State> replyTo) implements Command {}

    public record Get(ActorRef<State> replyTo) implements Command {}

    public record Counted(String cause) implements Journaled {}

    public record State(long count, String lastCause) implements Journaled, Sent {}

    private final PersistenceId id;

    private Counter(PersistenceId id) {
        super(id);
        this.id = id;
    }

    public static Behavior<Command> create(String id) {
        return new Counter(persistenceId(id));
    }

    public static PersistenceId persistenceId(String id) {
        return PersistenceId.of(KEY.name(), id);
    }

    static Kind<Command> remembered() {
        return kind(new Kind.Stay.Remembered());
    }

    static Kind<Command> kind(Kind.Stay stay) {
        return new Kind<>(KEY, stay, context -> create(context.getEntityId()));
    }

    @Override
    public State emptyState() {
        return new State(0, "");
    }

    @Override
    public CommandHandler<Command, Counted, State> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(
                        Count.class,
                        (state, count) ->
                                (count.cause().equals(state.lastCause())
                                                ? Effect().none()
                                                : Effect().persist(new Counted(count.cause())))
                                        .thenReply(count.replyTo(), after -> after))
                .onCommand(Get.class, (state, get) -> Effect().reply(get.replyTo(), state))
                .build();
    }

    @Override
    public EventHandler<State, Counted> eventHandler() {
        return (state, event) -> new State(state.count() + 1, event.cause());
    }

    @Override
    public Set<String> tagsFor(Counted event) {
        return Set.of(Slice.of(id).tag(KEY.name()));
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2);
    }
}
