// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import io.selvedge.actors.cluster.ClusterState;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.intent.MemoryAuthority;
import io.selvedge.actors.intent.MemoryAuthority.Faults;
import io.selvedge.actors.shell.EntityMessage.Outcome;
import io.selvedge.actors.shell.EntityMessage.Sight;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The entities of a fabric in memory, that answer at once. Its journal fails when told to. Owned by
 * one thread.
 */
public final class MemoryEntities implements Entities {
    private static final Faults FAILING = new Faults(1, 0, 0);

    private final MemoryAuthority authority;
    private int failures;

    public MemoryEntities(MemoryAuthority authority) {
        this.authority = authority;
    }

    /** Cuts off so many of the commands to come, behind some of their events. */
    public void failNext(int times) {
        failures = times;
    }

    @Override
    public CompletionStage<Outcome> say(Tell tell) {
        int before = authority.decided();
        authority.tell(tell);
        if (failures > 0) {
            failures--;
            authority.suffer(FAILING);
            authority.deliver();
            authority.suffer(Faults.NONE);
            return CompletableFuture.failedFuture(new IOException("told to fail"));
        }
        authority.settle();
        var problems = List.copyOf(authority.problems());
        int decided = authority.decided() - before;
        return CompletableFuture.completedFuture(
                new Outcome(decided, problems, List.of(), authority.receipt(tell)));
    }

    @Override
    public CompletionStage<Sight> look(EntityId entity) {
        var cluster = authority.state(entity) instanceof ClusterState state ? state : null;
        return CompletableFuture.completedFuture(new Sight(authority.standing(entity), cluster));
    }
}
