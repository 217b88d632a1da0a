// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.report.Receipt;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pure core of a sharded, event-sourced entity. Its host persists what {@link #decide} gives,
 * one event after the other, evolves the state by it, and only then tells what is to be told.
 *
 * <p>A crash may keep any prefix of the events and lose all messages: a command that is repeated
 * decides what is missing, and nothing once all stands; {@link #outstanding} is told again after a
 * recovery, and every so often while there is any.
 */
public interface Entity<C extends EntityCommand, E, S> {
    /** Before the first event. */
    S empty();

    Decision<E> decide(S state, C command);

    /** The state after an event; one that can not follow is a corrupt journal, and thrown. */
    S evolve(S state, E event);

    /** What others must hear, as long as their answer has not arrived. */
    default List<Tell> outstanding(S state) {
        return List.of();
    }

    /** What a node that reports is answered once all stands that its message led to. */
    default @Nullable Receipt receipt(S state, C command) {
        return null;
    }

    /** The records that an entity has published, and that stand. */
    default List<SignedRecord> standing(S state) {
        return List.of();
    }

    /** What is published by an event. */
    default Optional<SignedRecord> published(E event) {
        return Optional.empty();
    }
}
