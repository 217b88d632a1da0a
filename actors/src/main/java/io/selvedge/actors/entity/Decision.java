// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

import java.util.List;

/**
 * What an entity decided.
 *
 * @param events in the order to persist them
 * @param tells what others hear once all events are durable
 * @param problems sentences that name what is wrong and what to do
 */
public record Decision<E>(List<E> events, List<Tell> tells, List<String> problems) {
    public Decision {
        events = List.copyOf(events);
        tells = List.copyOf(tells);
        problems = List.copyOf(problems);
    }

    public static <E> Decision<E> nothing() {
        return new Decision<>(List.of(), List.of(), List.of());
    }

    public static <E> Decision<E> refused(String problem) {
        return new Decision<>(List.of(), List.of(), List.of(problem));
    }
}
