// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.shell.EntityMessage.Outcome;
import io.selvedge.actors.shell.EntityMessage.Sight;
import java.util.concurrent.CompletionStage;

/** The way to the entities of one fabric, wherever they live. Thread-safe; calls do not block. */
public interface Entities {
    /**
     * Says something to an entity.
     *
     * @return completed once what it led to there is durable; when it fails, nobody knows, and
     *     saying it again is safe
     */
    CompletionStage<Outcome> say(Tell tell);

    CompletionStage<Sight> look(EntityId entity);
}
