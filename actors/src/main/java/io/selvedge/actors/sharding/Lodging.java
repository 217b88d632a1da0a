// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.internal.PoisonPill;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.sharding.typed.javadsl.ClusterSharding.Passivate;
import akka.cluster.sharding.typed.javadsl.ClusterSharding.ShardCommand;
import io.selvedge.actors.sharding.Kind.Stay;
import java.time.Duration;

/**
 * Sees that an entity leaves: asks for it when it has been idle, and ends it when it was told to
 * stop and has not. Akka 2.8.5 itself would wait for ever and hold back what is sent to the entity
 * meanwhile; so would all of the shard when it moves, for a minute.
 */
final class Lodging<M> extends BehaviorInterceptor<Object, M> {
    private enum Notice {
        IDLE,
        OVERDUE
    }

    private final Stay stay;
    private final Duration stopWithin;
    private final ActorRef<ShardCommand> shard;

    private Lodging(Stay stay, Duration stopWithin, ActorRef<ShardCommand> shard) {
        super(Object.class);
        this.stay = stay;
        this.stopWithin = stopWithin;
        this.shard = shard;
    }

    /** The same entity, as a lodger of a shard. */
    static <M> Behavior<M> of(
            Behavior<M> entity, Stay stay, Duration stopWithin, ActorRef<ShardCommand> shard) {
        // Its own notices are the only messages that are no M.
        return Behaviors.intercept(() -> new Lodging<M>(stay, stopWithin, shard), entity)
                .unsafeCast();
    }

    @Override
    public Behavior<M> aroundStart(TypedActorContext<Object> context, PreStartTarget<M> target) {
        if (stay instanceof Stay.While(var idle)) {
            context.asJava().setReceiveTimeout(idle, Notice.IDLE);
        }
        return target.start(context);
    }

    @Override
    public Behavior<M> aroundReceive(
            TypedActorContext<Object> context, Object message, ReceiveTarget<M> target) {
        if (message.equals(Notice.IDLE)) {
            shard.tell(new Passivate<>(context.asJava().getSelf()));
            return Behaviors.same();
        }
        if (message.equals(Notice.OVERDUE)) {
            context.asJava().getLog().warn("ending an entity that did not stop");
            return Behaviors.stopped();
        }
        @SuppressWarnings("unchecked")
        var told = (M) message;
        return target.apply(context, told);
    }

    @Override
    public Behavior<M> aroundSignal(
            TypedActorContext<Object> context, Signal signal, SignalTarget<M> target) {
        if (signal instanceof PoisonPill) {
            var self = context.asJava();
            self.cancelReceiveTimeout();
            var _ = self.scheduleOnce(stopWithin, self.getSelf(), Notice.OVERDUE);
        }
        return target.apply(context, signal);
    }
}
