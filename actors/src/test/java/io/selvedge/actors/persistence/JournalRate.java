// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.sharding.Counter;
import io.selvedge.actors.sharding.Counter.Count;
import io.selvedge.actors.sharding.Counter.State;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;

/**
 * Events a second that entities persist, each answered before its entity's next, beside rows a
 * second that one connection inserts in batches of 400; on both databases, waiting for the disk.
 */
final class JournalRate {
    private static final int ENTITIES = 200;
    private static final int EVENTS_EACH = 100;
    static final int BATCH = 400;

    private JournalRate() {}

    public static void main(String[] arguments) throws Exception {
        BothDatabases.measure(JournalRate::measure);
    }

    private static void measure(String database, JournalSettings settings) throws Exception {
        try (var journal = Journal.open(settings, TestJournals.alone("c1"))) {
            var kit =
                    ActorTestKit.create(
                            journal.settings()
                                    .withFallback(
                                            ConfigFactory.parseString(
                                                    "akka.actor.provider = local"))
                                    .withFallback(ConfigFactory.load()));
            entities(kit, "warm");
            double journaled =
                    BothDatabases.perSecond(ENTITIES * EVENTS_EACH, () -> entities(kit, "timed"));
            double raw =
                    BothDatabases.perSecond(
                            ENTITIES * EVENTS_EACH, () -> raw(journal, ENTITIES * EVENTS_EACH, 20));
            System.out.printf(
                    "%s: %.0f events/s journaled by %d entities, %.0f rows/s inserted in batches of %d%n",
                    database, journaled, ENTITIES, raw, BATCH);
            kit.shutdownTestKit();
        }
    }

    private static void entities(ActorTestKit kit, String prefix) {
        var done = new ArrayList<CompletableFuture<Void>>();
        for (int i = 0; i < ENTITIES; i++) {
            var counter = kit.spawn(Counter.create(prefix + i));
            var last = CompletableFuture.<State>completedFuture(null);
            for (int n = 0; n < EVENTS_EACH; n++) {
                var cause = "cause " + n;
                last =
                        last.thenCompose(_ ->
                                AskPattern.ask(
                                        counter,
                                        to -> new Count(cause, to),
                                        Duration.ofSeconds(60),
                                        kit.system().scheduler()));
            }
            done.add(last.thenAccept(_ -> {}));
        }
        CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).join();
    }

    /** Inserts rows, and waits for the disk after each batch. */
    static void raw(Journal journal, int rows, int bytes) throws SQLException {
        try (var connection = journal.reads().getConnection();
                var insert =
                        connection.prepareStatement(
                                """
                                INSERT INTO event_journal (persistence_id, sequence_number, deleted, writer,
                                  write_timestamp, adapter_manifest, event_ser_id, event_ser_manifest, event_payload)
                                VALUES ('raw', ?, FALSE, 'raw', 0, '', 33, 'raw', ?)
                                """)) {
            connection.setAutoCommit(false);
            var payload = new byte[bytes];
            for (int n = 1; n <= rows; n++) {
                insert.setLong(1, n);
                insert.setBytes(2, payload);
                insert.addBatch();
                if (n % BATCH == 0 || n == rows) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
        }
    }
}
