// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.journal.JournalModule;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.persistence.Claim;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalException;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.shell.LocalEntities;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.Subject;
import io.selvedge.node.authority.EntitySink;
import io.selvedge.pki.RecordKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/** Entities over a journal on disk, as a sink; both can be killed, and come back. */
final class JournaledEntities implements Ledger, AutoCloseable {
    private static final RecordKeys KEYS = RecordKeys.generate(new SecureRandom());
    private static final ObjectMapper JSON =
            JsonMapper.builder()
                    .addModule(new JournalModule())
                    .addModule(new JavaTimeModule())
                    .build();

    private final JournalSettings settings;
    private volatile Running running;

    private record Running(Journal journal, LocalEntities entities, ReportSink sink) {}

    JournaledEntities(JournalSettings settings) throws JournalException {
        this.settings = settings;
        this.running = start();
    }

    private Running start() throws JournalException {
        var journal =
                Journal.open(settings, new Claim("beijing", "c1", new TreeSet<>(List.of("c1"))));
        var signer = new RecordSigner(KEYS.privateKey(), KEYS.recordKey());
        var entities = new LocalEntities(journal, new Cores("beijing", signer));
        return new Running(journal, entities, new EntitySink(entities, InstantSource.system()));
    }

    /** Ends all actors, whatever they are at, and begins anew from what the journal holds. */
    void restart() throws JournalException {
        close();
        running = start();
    }

    @Override
    public ReportSink sink() {
        return (node, message) -> {
            try {
                return running.sink().hand(node, message);
            } catch (RuntimeException ended) {
                return CompletableFuture.failedFuture(ended);
            }
        };
    }

    @Override
    public List<MemorySink.Journal> journal() {
        var journal = new ArrayList<MemorySink.Journal>();
        for (var row : rows("Node|%")) {
            var node = Subject.parse(row.entity().substring("Node|".length()));
            JournaledReports.of(node, read(row, NodeEvent.class)).ifPresent(journal::add);
        }
        return journal;
    }

    /** What Tunnels have journaled, oldest first. */
    List<TunnelEvent> tunnels() {
        return rows("Tunnel|%").stream().map(row -> read(row, TunnelEvent.class)).toList();
    }

    @Override
    public void close() throws JournalException {
        running.entities().close();
        running.journal().close();
    }

    private record Row(String entity, String json) {}

    private List<Row> rows(String entities) {
        var sql =
                "SELECT persistence_id, event_payload FROM event_journal"
                        + " WHERE persistence_id LIKE ? ORDER BY ordering";
        try (var connection = running.journal().reads().getConnection();
                var query = connection.prepareStatement(sql)) {
            query.setString(1, entities);
            var rows = new ArrayList<Row>();
            try (var found = query.executeQuery()) {
                while (found.next()) {
                    var json = new String(found.getBytes(2), StandardCharsets.UTF_8);
                    rows.add(new Row(found.getString(1), json));
                }
            }
            return rows;
        } catch (SQLException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static <T> T read(Row row, Class<T> type) {
        try {
            return JSON.readValue(row.json(), type);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
