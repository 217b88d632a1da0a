// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import akka.actor.typed.Behavior;
import akka.cluster.sharding.typed.javadsl.EntityContext;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import akka.japi.function.Function;
import java.time.Duration;

/**
 * A kind of entity: {@code Node}, {@code Tunnel} and the like.
 *
 * <p>The behavior must end when its journal fails, not restart: a restart forgets that the entity
 * was asked to stop.
 */
public record Kind<M>(
        EntityTypeKey<M> key, Stay stay, Function<EntityContext<M>, Behavior<M>> behavior) {
    /** How long an entity stays in memory. */
    public sealed interface Stay {
        /** For ever, and from the start on: it is remembered, also when nobody asks for it. */
        record Remembered() implements Stay {}

        /** Until nobody has told it anything for so long; the next message brings it back. */
        record While(Duration idle) implements Stay {
            public While {
                if (!idle.isPositive()) {
                    throw new IllegalArgumentException("an entity leaves after a time above zero");
                }
            }
        }
    }
}
