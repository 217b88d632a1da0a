// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import io.selvedge.actors.audit.Scribe.Write;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.persistence.EntityNames;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Journals whatever events of an entity it is told, as the entity's own actor does. */
final class Scribe extends EventSourcedBehavior<Write, Object, Integer> {
    record Write(List<Object> events, ActorRef<Done> replyTo) {}

    private final EntityId entity;

    private Scribe(EntityId entity) {
        super(EntityNames.of(entity));
        this.entity = entity;
    }

    private static Behavior<Write> of(EntityId entity) {
        return new Scribe(entity);
    }

    /** Waits until they are durable. */
    static void write(ActorTestKit kit, EntityId entity, List<Object> events) {
        var scribe = kit.spawn(of(entity));
        AskPattern.<Write, Done>ask(
                        scribe,
                        to -> new Write(events, to),
                        Duration.ofSeconds(60),
                        kit.system().scheduler())
                .toCompletableFuture()
                .join();
        kit.stop(scribe);
    }

    @Override
    public Integer emptyState() {
        return 0;
    }

    @Override
    public CommandHandler<Write, Object, Integer> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(
                        Write.class,
                        write ->
                                Effect()
                                        .persist(write.events())
                                        .thenReply(write.replyTo(), _ -> Done.getInstance()))
                .build();
    }

    @Override
    public EventHandler<Integer, Object> eventHandler() {
        return (count, _) -> count + 1;
    }

    @Override
    public Set<String> tagsFor(Object event) {
        return Set.of(EntityNames.tag(entity));
    }
}
