// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.persistence.jdbc.query.javadsl.JdbcReadJournal;
import akka.persistence.query.PersistenceQuery;
import akka.projection.eventsourced.EventEnvelope;
import akka.projection.jdbc.javadsl.JdbcHandler;
import akka.serialization.jackson.JacksonObjectMapperProvider;
import akka.stream.javadsl.Sink;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.persistence.EntityNames;
import io.selvedge.actors.persistence.JournalSession;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/**
 * Writes a group of events to the audit, in the transaction that says how far was read.
 *
 * <p>The journal's reader gives up on a number that does not come within seconds, as when a cloud
 * node freezes between writing and committing. So what an entity lacks is read from the journal by
 * itself, when a later event of it shows that it is there.
 */
final class AuditHandler extends JdbcHandler<List<EventEnvelope<Object>>, JournalSession> {
    private final ActorSystem<?> system;
    private final ObjectMapper json;

    AuditHandler(ActorSystem<?> system) {
        this.system = system;
        this.json =
                JacksonObjectMapperProvider.get(system)
                        .getOrCreate("jackson-json", Optional.empty());
    }

    @Override
    public void process(JournalSession session, List<EventEnvelope<Object>> events)
            throws Exception {
        session.withConnection(connection -> {
            var recorder = new JdbcRecorder(connection);
            var last = new HashMap<EntityId, Long>();
            var happenings = new ArrayList<Happening>();
            for (var event : events) {
                var entity = EntityNames.of(event.persistenceId());
                long known = last.containsKey(entity) ? last.get(entity) : recorder.last(entity);
                if (event.sequenceNr() > known + 1) {
                    happenings.addAll(lacking(entity, known + 1, event.sequenceNr() - 1));
                }
                if (event.sequenceNr() > known) {
                    happenings.add(
                            read(entity, event.sequenceNr(), event.event(), event.timestamp()));
                }
                last.put(entity, Math.max(known, event.sequenceNr()));
            }
            recorder.record(happenings);
            return happenings.size();
        });
    }

    private List<Happening> lacking(EntityId entity, long from, long to)
            throws JsonProcessingException {
        system.log().warn("{} lacks events {} to {}: read one by one", entity, from, to);
        var journal =
                PersistenceQuery.get(Adapter.toClassic(system))
                        .getReadJournalFor(JdbcReadJournal.class, JdbcReadJournal.Identifier());
        var found =
                journal.currentEventsByPersistenceId(EntityNames.of(entity).id(), from, to)
                        .runWith(Sink.seq(), system)
                        .toCompletableFuture()
                        .join();
        var happenings = new ArrayList<Happening>();
        for (var event : found) {
            happenings.add(read(entity, event.sequenceNr(), event.event(), event.timestamp()));
        }
        return happenings;
    }

    private Happening read(EntityId entity, long sequence, Object event, long timestamp)
            throws JsonProcessingException {
        return EventReading.read(
                entity,
                sequence,
                event,
                Instant.ofEpochMilli(timestamp),
                json.writeValueAsString(event));
    }
}
