// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.audit.AuditTrail.Found;
import io.selvedge.actors.audit.AuditTrail.Query;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.journal.Examples;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.actors.tunnel.TunnelEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the projections promise, on either database: each event once, whatever is killed. */
abstract class AuditingContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENTITIES = 6;
    private static final int ROUNDS = 5;

    @TempDir private Path folder;
    Journal journal;
    private ActorTestKit kit;

    abstract JournalSettings settings(Path folder) throws IOException;

    /** Ends what the database is doing, wherever it is. */
    abstract void killConnections() throws SQLException;

    @BeforeEach
    void open() throws Exception {
        journal = Journal.open(settings(folder), TestJournals.alone("c1"));
        kit = start();
    }

    @AfterEach
    void close() throws Exception {
        kit.shutdownTestKit();
        journal.close();
    }

    @Test
    void eachEventIsToldOnceWhateverIsKilled() throws Exception {
        var events = Examples.events().filter(each -> each instanceof NodeEvent).toList();
        long journaled = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (int node = 0; node < ENTITIES; node++) {
                write(new EntityId(EntityKind.NODE, "beijing/n" + node), events);
                journaled += events.size();
            }
            long before = count("history");
            project();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> count("history") > before);
            killConnections();
            kit.shutdownTestKit();
            kit = start();
        }
        project();
        long all = journaled;
        await().atMost(PATIENCE).until(() -> count("history") == all);
        for (int node = 0; node < ENTITIES; node++) {
            assertThat(numbers("beijing/n" + node))
                    .isEqualTo(LongStream.rangeClosed(1, all / ENTITIES).boxed().toList());
        }
    }

    @Test
    void offsetsThatAreLostRepeatNothing() throws Exception {
        var tunnel = Past.tunnelId(1, 2);
        var events = Examples.events().filter(each -> each instanceof TunnelEvent).toList();
        write(tunnel, events);
        project();
        await().atMost(PATIENCE).until(() -> count("history") == events.size());
        var before = new JdbcAuditTrail(journal.reads()).statusAt(Past.minute(60));
        kit.shutdownTestKit();
        execute("DELETE FROM akka_projection_offset_store");
        kit = start();
        write(tunnel, events.subList(0, 1));
        project();
        await().atMost(PATIENCE).until(() -> count("history") == events.size() + 1);
        assertThat(new JdbcAuditTrail(journal.reads()).statusAt(Past.minute(60))).isEqualTo(before);
    }

    /** As when a cloud node freezes within a commit for longer than the reader waits. */
    @Test
    void anEventThatTheReaderPassedOverIsFetched() throws Exception {
        var node = new EntityId(EntityKind.NODE, "beijing/n1");
        var events = Examples.events().filter(each -> each instanceof NodeEvent).toList();
        write(node, events);
        execute(
                "DELETE FROM event_tag WHERE event_id IN (SELECT ordering FROM event_journal"
                        + " WHERE sequence_number IN (1, 3, 4))");
        project();
        await().atMost(PATIENCE).until(() -> count("history") == events.size());
        assertThat(numbers("beijing/n1")).hasSize(events.size());
    }

    private void write(EntityId entity, List<Object> events) {
        Scribe.write(kit, entity, events);
    }

    private void project() {
        var auditing = new Auditing(journal);
        for (var source : Auditing.Source.ALL) {
            if (source.kind() == EntityKind.NODE || source.kind() == EntityKind.TUNNEL) {
                kit.spawn(auditing.projection(kit.system(), source));
            }
        }
    }

    private ActorTestKit start() {
        return ActorTestKit.create(
                ConfigFactory.parseString("akka.actor.provider = local, akka.loglevel = ERROR")
                        .withFallback(journal.settings())
                        .withFallback(ConfigFactory.parseResources("entities.conf"))
                        .withFallback(ConfigFactory.load())
                        .resolve());
    }

    private List<Long> numbers(String name) {
        var found = new JdbcAuditTrail(journal.reads()).history(Query.of(null, name));
        return found instanceof Found.Entries(var entries)
                ? entries.stream().map(HistoryEntry::sequence).sorted().toList()
                : new ArrayList<>();
    }

    private long count(String table) {
        try (var connection = journal.reads().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException killed) {
            return 0;
        }
    }

    void execute(String sql) throws SQLException {
        try (var connection = journal.reads().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
