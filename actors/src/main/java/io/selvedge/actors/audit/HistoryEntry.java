// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.entity.EntityId;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of an entity, as the audit keeps it.
 *
 * @param sequence counts the entity's events from 1, in the order in which they were journaled
 * @param event which, in a word: {@code declared}, {@code established}
 * @param says what happened, in a sentence for people
 * @param happened by the fabric's logical clock: history is in this order
 * @param nodeTime by the clock of the node that reported it; null for what the authority decided
 * @param receivedAt when the authority heard of it, or decided it
 * @param reporter the node that reported it; null for what the authority decided
 * @param details the event itself, as JSON
 */
public record HistoryEntry(
        EntityId entity,
        long sequence,
        String event,
        String says,
        Hlc happened,
        @Nullable Instant nodeTime,
        Instant receivedAt,
        @Nullable String reporter,
        @Nullable Cause cause,
        String details) {}
