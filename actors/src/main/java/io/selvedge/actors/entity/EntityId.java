// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

import java.util.Comparator;

/**
 * Which entity: a cluster by its name, a node by its subject, a tunnel by its two subjects, a
 * Community and a service by their names.
 */
public record EntityId(EntityKind kind, String id) implements Comparable<EntityId> {
    private static final Comparator<EntityId> ORDER =
            Comparator.comparing(EntityId::kind).thenComparing(EntityId::id);

    @Override
    public int compareTo(EntityId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind + " " + id;
    }
}
