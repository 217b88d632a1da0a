// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.entity.EntityId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event means to the read side.
 *
 * @param standings what it changes in how things stand
 * @param name by which people call the entity from now on; null when the event names none
 */
public record Happening(HistoryEntry entry, List<Standing> standings, @Nullable String name) {
    public Happening {
        standings = List.copyOf(standings);
    }

    public EntityId entity() {
        return entry.entity();
    }

    /** By the logical clock; at least 1. */
    long millis() {
        return Math.clamp(entry.happened().millis(), 1, Fork.LATEST);
    }
}
