// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.journal;

import akka.actor.ActorSystem;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;
import akka.serialization.Serializers;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.backup.Row;
import io.selvedge.actors.backup.Row.Content;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.intent.MemoryAuthority.Journaled;
import io.selvedge.actors.persistence.EntityNames;
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
        var entity = journaled.entity();
        return new Row.Event(
                EntityNames.of(entity).id(),
                number,
                false,
                writer,
                at.toEpochMilli(),
                "",
                new TreeSet<>(List.of(EntityNames.tag(entity))),
                content(journaled.event()),
                null);
    }

    /** The event that a row of an entity holds. */
    public Journaled journaled(Row.Event row) {
        var content = row.content();
        var event =
                serialization
                        .deserialize(
                                content.bytes().toArray(), content.serializer(), content.manifest())
                        .get();
        return new Journaled(EntityNames.of(row.entity()), event);
    }

    private Content content(Object event) {
        var serializer = serialization.findSerializerFor(event);
        return new Content(
                serializer.identifier(),
                Serializers.manifestFor(serializer, event),
                Bytes.of(serializer.toBinary(event)));
    }
}
