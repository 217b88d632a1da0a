// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import akka.persistence.typed.PersistenceId;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;

/**
 * Entities as the journal names them: {@code Node|beijing/uid-1}. A tunnel's id has a bar of its
 * own. Names stay once a journal stands.
 */
public final class EntityNames {
    private EntityNames() {}

    /** {@code Node}: the type of shards, and of tags. */
    public static String kind(EntityKind kind) {
        return switch (kind) {
            case CLUSTER -> "Cluster";
            case NODE -> "Node";
            case TUNNEL -> "Tunnel";
            case SERVICE -> "Service";
            case COMMUNITY -> "Community";
        };
    }

    public static PersistenceId of(EntityId entity) {
        return PersistenceId.ofUniqueId(prefix(entity.kind()) + entity.id());
    }

    /** What only entities of the kind begin with; the journal also has actors of Akka's own. */
    public static String prefix(EntityKind kind) {
        return kind(kind) + "|";
    }

    /** What {@link #of(EntityId)} names so. */
    public static EntityId of(String persistenceId) {
        int bar = persistenceId.indexOf('|');
        for (var kind : EntityKind.values()) {
            if (bar >= 0 && kind(kind).equals(persistenceId.substring(0, bar))) {
                return new EntityId(kind, persistenceId.substring(bar + 1));
            }
        }
        throw new IllegalArgumentException("'" + persistenceId + "' is no entity's");
    }

    /** The tag of an entity's events. */
    public static String tag(EntityId entity) {
        return Slice.of(of(entity)).tag(kind(entity.kind()));
    }
}
