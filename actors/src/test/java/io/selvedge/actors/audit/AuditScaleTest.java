// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.audit.AuditTrail.Found;
import io.selvedge.actors.audit.AuditTrail.Query;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.model.Report.Stage;
import io.selvedge.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long answers take among many events: twenty thousand in CI, as many as {@code -Daudit.events}
 * says elsewhere (docs/benchmarks.md). A tenth of the nodes and tunnels have most of the past.
 */
class AuditScaleTest {
    private static final int EVENTS = Integer.getInteger("audit.events", 20_000);
    private static final int NODES = 1_000;
    private static final int TUNNELS = 5_000;
    private static final int BATCH = 5_000;
    private static final int ASKED = 30;

    /** Ten times what is promised: a missing index, not a busy machine. */
    private static final Duration MEDIAN_MAX = Duration.ofSeconds(3);

    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir private Path folder;
    private final Past past = new Past();
    private final Random random = new Random(1);

    @Test
    void onAFile() throws Exception {
        measure("h2", TestJournals.file(folder));
    }

    @Test
    void onAServer() throws Exception {
        measure("postgresql", TestJournals.server(POSTGRES.newDatabase(), folder));
    }

    private void measure(String database, JournalSettings settings) throws Exception {
        try (var journal = Journal.open(settings, TestJournals.alone("c1"))) {
            long started = System.nanoTime();
            fill(journal);
            double seconds = (System.nanoTime() - started) / 1e9;
            var trail = new JdbcAuditTrail(journal.reads());
            System.out.printf(
                    "FIGURE %s: %d events recorded, %.0f a second%n",
                    database, EVENTS, EVENTS / seconds);
            assertFast(
                    database + " history of a tunnel", () -> entries(trail, busyTunnel(), 1_000));
            assertFast(database + " history of a node", () -> entries(trail, "n5", 1_000));
            assertFast(database + " status", () -> trail.statusAt(moment()).tunnels().size());
            assertFast(database + " topology", () -> trail.topologyAt(moment()).links().size());
        }
    }

    private void fill(Journal journal) throws SQLException {
        try (var connection = journal.reads().getConnection()) {
            connection.setAutoCommit(false);
            var batch = new ArrayList<Happening>();
            for (int node = 0; node < NODES; node++) {
                batch.add(past.declared(node, "n" + node, "site-" + node % 100, 0));
            }
            for (int event = NODES; event < EVENTS; event++) {
                batch.add(event < NODES + TUNNELS ? planned(event - NODES) : changed(event));
                if (batch.size() == BATCH) {
                    commit(connection, batch);
                }
            }
            commit(connection, batch);
        }
    }

    private static void commit(Connection connection, List<Happening> batch) throws SQLException {
        new JdbcRecorder(connection).record(batch);
        connection.commit();
        batch.clear();
    }

    private Happening planned(int tunnel) {
        return past.told(one(tunnel), other(tunnel), Stage.PLANNED, 1);
    }

    /** One minute for a thousand events; now and then one of hours ago arrives. */
    private Happening changed(int event) {
        int tunnel = random.nextInt(random.nextInt(10) == 0 ? TUNNELS : TUNNELS / 10);
        var changes = List.of(Stage.RELAYED, Stage.ESTABLISHED, Stage.LOST);
        var change = changes.get(random.nextInt(changes.size()));
        double late = random.nextInt(50) == 0 ? random.nextDouble() * 2 : 1;
        double minute = 1 + event / 1_000.0 * Math.min(1, late);
        return past.told(one(tunnel), other(tunnel), change, minute);
    }

    private static int one(int tunnel) {
        return tunnel % NODES;
    }

    private static int other(int tunnel) {
        return (tunnel % NODES + 1 + tunnel / NODES) % NODES;
    }

    private String busyTunnel() {
        int tunnel = random.nextInt(TUNNELS / 10);
        return "n%d|n%d".formatted(one(tunnel), other(tunnel));
    }

    private Instant moment() {
        return Past.minute(2 + random.nextDouble() * EVENTS / 1_000);
    }

    private static int entries(AuditTrail trail, String name, int limit) {
        var found = trail.history(new Query(null, name, null, null, 0, limit));
        return found instanceof Found.Entries(var entries) ? entries.size() : 0;
    }

    private static void assertFast(String what, Supplier<Integer> ask) {
        var nanos = new long[ASKED];
        int rows = 0;
        for (int asked = 0; asked < ASKED; asked++) {
            long started = System.nanoTime();
            rows = ask.get();
            nanos[asked] = System.nanoTime() - started;
        }
        assertThat(rows).as(what).isPositive();
        Arrays.sort(nanos);
        System.out.printf(
                "FIGURE %s: median %.1f ms (promise 300), worst %.1f ms, %d rows%n",
                what, nanos[ASKED / 2] / 1e6, nanos[ASKED - 1] / 1e6, rows);
        assertThat(Duration.ofNanos(nanos[ASKED / 2])).as(what).isLessThanOrEqualTo(MEDIAN_MAX);
    }
}
