// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import akka.actor.ActorSystem;
import akka.persistence.typed.PersistenceId;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.backup.Row;
import io.selvedge.actors.backup.Row.Content;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.intent.MemoryAuthority.Journaled;
import io.selvedge.actors.persistence.Slice;
import io.selvedge.model.Bytes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;

/** Events of entities as rows of a journal, as the entities' shell would write them, and back. */
public final class EventRows {
    private final Serialization serialization;

    public EventRows(ActorSystem system) {
        this.serialization = SerializationExtension.get(system);
    }

    /** For an actor system that does nothing but write events down. */
    public static Config settings() {
        return ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = WARNING")
                .withFallback(ConfigFactory.parseResources("entities.conf"))
                .withFallback(ConfigFactory.load())
                .resolve();
    }

    /** The rows of a journal that holds nothing else. */
    public List<Row> rows(List<Journaled> history, Instant at, String writer) {
        var numbers = new HashMap<EntityId, Long>();
        var rows = new ArrayList<Row>();
        for (var each : history) {
            rows.add(row(each, numbers.merge(each.entity(), 1L, Long::sum), at, writer));
        }
        return rows;
    }

    /** An event of an entity, which has the number. */
    Row row(Journaled journaled, long number, Instant at, String writer) {
        var kind = name(journaled.entity().kind());
        var entity = PersistenceId.ofUniqueId(kind + "|" + journaled.entity().id());
        return new Row.Event(
                entity.id(),
                number,
                false,
                writer,
                at.toEpochMilli(),
                "",
                new TreeSet<>(List.of(Slice.of(entity).tag(kind))),
                content(journaled.event()),
                null);
    }

    static boolean isOf(EntityKind kind, Row.Event row) {
        return row.entity().startsWith(name(kind) + "|");
    }

    /** The event that a row of an entity holds. */
    public Journaled journaled(Row.Event row) {
        var content = row.content();
        var event =
                serialization
                        .deserialize(
                                content.bytes().toArray(), content.serializer(), content.manifest())
                        .get();
        return new Journaled(entity(row), event);
    }

    static EntityId entity(Row.Event row) {
        int bar = row.entity().indexOf('|');
        return new EntityId(kind(row.entity().substring(0, bar)), row.entity().substring(bar + 1));
    }

    private Content content(Object event) {
        var serializer = serialization.findSerializerFor(event);
        return new Content(
                serializer.identifier(),
                Serializers.manifestFor(serializer, event),
                Bytes.of(serializer.toBinary(event)));
    }

    private static String name(EntityKind kind) {
        return switch (kind) {
            case CLUSTER -> "Cluster";
            case NODE -> "Node";
            case TUNNEL -> "Tunnel";
            case SERVICE -> "Service";
            case COMMUNITY -> "Community";
        };
    }

    private static EntityKind kind(String name) {
        for (var kind : EntityKind.values()) {
            if (name(kind).equals(name)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("no entity of Selvedge is a " + name);
    }
}
