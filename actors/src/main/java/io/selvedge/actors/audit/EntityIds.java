// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import akka.persistence.typed.PersistenceId;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import java.util.Locale;

/**
 * Entities as the journal names them: {@code Node|beijing/uid-1}. A tunnel's id has a bar of its
 * own.
 */
final class EntityIds {
    private EntityIds() {}

    /** {@code Node}: the type of shards, and of tags. */
    static String kind(EntityKind kind) {
        var name = kind.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    static PersistenceId of(EntityId entity) {
        return PersistenceId.ofUniqueId(kind(entity.kind()) + "|" + entity.id());
    }

    static EntityId of(String persistenceId) {
        int bar = persistenceId.indexOf('|');
        if (bar < 0) {
            throw new IllegalArgumentException("'" + persistenceId + "' is no entity's");
        }
        var kind = EntityKind.valueOf(persistenceId.substring(0, bar).toUpperCase(Locale.ROOT));
        return new EntityId(kind, persistenceId.substring(bar + 1));
    }
}
