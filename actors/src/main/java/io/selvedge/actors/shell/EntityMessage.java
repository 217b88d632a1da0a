// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import akka.actor.typed.ActorRef;
import io.selvedge.actors.cluster.ClusterState;
import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.sharding.Sent;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.report.Receipt;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the actor of an entity hears. */
public sealed interface EntityMessage {
    /** A command; who gives a {@code replyTo} hears once all that it led to is durable. */
    record Order(EntityCommand command, @Nullable ActorRef<Outcome> replyTo)
            implements EntityMessage, Sent {}

    record Look(ActorRef<Sight> replyTo) implements EntityMessage, Sent {}

    /** Something is open still. */
    record Repeat() implements EntityMessage {}

    /**
     * What a command led to.
     *
     * @param decided how many events, now durable
     * @param problems sentences that name what is wrong and what to do
     * @param tells what others must hear of it from whoever asked; empty from an entity that tells
     *     them by itself
     * @param receipt for the node that reported; null when none did
     */
    record Outcome(int decided, List<String> problems, List<Tell> tells, @Nullable Receipt receipt)
            implements Sent {
        public Outcome {
            problems = List.copyOf(problems);
            tells = List.copyOf(tells);
        }
    }

    /**
     * What an entity is now.
     *
     * @param standing the records that it has published and that stand
     * @param cluster the state of a Cluster; null from others
     */
    record Sight(List<SignedRecord> standing, @Nullable ClusterState cluster) implements Sent {
        public Sight {
            standing = List.copyOf(standing);
        }
    }
}
