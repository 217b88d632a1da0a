// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import akka.japi.function.Function;
import akka.persistence.jdbc.query.javadsl.JdbcReadJournal;
import akka.persistence.jdbc.state.javadsl.JdbcDurableStateStore;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.query.Sequence;
import akka.persistence.state.DurableStateStoreRegistry;
import akka.persistence.state.javadsl.DurableStateStore;
import akka.projection.ProjectionBehavior;
import akka.projection.ProjectionId;
import akka.projection.eventsourced.javadsl.EventSourcedProvider;
import akka.projection.jdbc.javadsl.JdbcHandler;
import akka.projection.jdbc.javadsl.JdbcProjection;
import akka.stream.javadsl.Sink;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.sharding.Counter;
import io.selvedge.actors.sharding.Counter.Command;
import io.selvedge.actors.sharding.Counter.Count;
import io.selvedge.actors.sharding.Counter.Counted;
import io.selvedge.actors.sharding.Counter.Get;
import io.selvedge.actors.sharding.Counter.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What entities and projections rely on, whichever database the journal is. */
abstract class JournalContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int EVENTS = 12;

    @TempDir private Path folder;
    private Journal journal;
    private ActorTestKit kit;

    abstract JournalSettings settings(Path folder) throws IOException;

    @BeforeEach
    void open() throws Exception {
        open(settings(folder));
    }

    @AfterEach
    void close() throws Exception {
        kit.shutdownTestKit();
        journal.close();
    }

    @Test
    void anEntityRecoversFromSnapshotAndEventsAfterARestart() throws Exception {
        var counter = kit.spawn(Counter.create("a"), "first");
        for (int i = 1; i <= EVENTS; i++) {
            assertThat(count(counter, "cause " + i).count()).isEqualTo(i);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(numbers("SELECT sequence_number FROM snapshot"))
                                .contains(10L)
                                .hasSizeLessThan(3));
        // What the snapshot covers is not needed again: recovery starts from the snapshot.
        execute("UPDATE event_journal SET event_ser_id = -1 WHERE sequence_number <= 10");
        close();
        open(settings(folder));
        var again = kit.spawn(Counter.create("a"), "first");
        assertThat(ask(again, Get::new)).isEqualTo(new State(EVENTS, "cause 12"));
    }

    @Test
    void eventsAreReadableByPeople() throws Exception {
        count(kit.spawn(Counter.create("a")), "the cable was cut");
        try (var connection = journal.reads().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT * FROM event_journal")) {
            rows.next();
            assertThat(new String(rows.getBytes("event_payload"), StandardCharsets.UTF_8))
                    .isEqualTo("{\"cause\":\"the cable was cut\"}");
            assertThat(rows.getString("event_ser_manifest")).isEqualTo(Counted.class.getName());
        }
    }

    @Test
    void theSlicesOfAKindHoldEachEventOnceAndInOrder() {
        countInFive();
        var read =
                PersistenceQuery.get(kit.system())
                        .getReadJournalFor(JdbcReadJournal.class, JdbcReadJournal.Identifier());
        var seen = new ArrayList<EventEnvelope>();
        for (var slice : Slice.all()) {
            var events = read.currentEventsByTag(slice.tag("Counter"), new Sequence(0));
            seen.addAll(events.runWith(Sink.seq(), kit.system()).toCompletableFuture().join());
        }
        assertThat(seen).hasSize(5 * EVENTS);
        for (var id : List.of("0", "1", "2", "3", "4")) {
            var entity = Counter.persistenceId(id).id();
            assertThat(seen)
                    .filteredOn(event -> event.persistenceId().equals(entity))
                    .extracting(EventEnvelope::sequenceNr)
                    .isSorted()
                    .hasSize(EVENTS);
        }
    }

    @Test
    void aProjectionThatFailsHalfwaySeesEachEventOnce() throws Exception {
        execute("CREATE TABLE seen (entity VARCHAR(255), number BIGINT)");
        countInFive();
        var fails = new AtomicBoolean(true);
        Slice.all().forEach(slice -> kit.spawn(projection(slice, fails)));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(numbers("SELECT count(*) FROM seen"))
                                .containsExactly(5L * EVENTS));
        assertThat(fails).isFalse();
        assertThat(numbers("SELECT count(*) FROM (SELECT DISTINCT entity, number FROM seen) x"))
                .containsExactly(5L * EVENTS);
    }

    @Test
    void ofTwoOwnersOneDecidesAndTheOtherEnds() throws Exception {
        var owner = kit.spawn(Counter.create("a"), "owner");
        var stale = kit.spawn(Counter.create("a"), "stale");
        assertThat(count(owner, "1").count()).isEqualTo(1);
        assertThat(ask(stale, Get::new).count()).as("it has not seen the first").isBetween(0L, 1L);
        assertThat(count(owner, "2").count()).isEqualTo(2);
        stale.tell(new Count("not twice", kit.system().ignoreRef()));
        kit.createTestProbe().expectTerminated(stale, PATIENCE);
        assertThat(count(owner, "3")).isEqualTo(new State(3, "3"));
        assertThat(numbers("SELECT sequence_number FROM event_journal ORDER BY sequence_number"))
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void durableStateHasItsTable() {
        var registry = DurableStateStoreRegistry.get(kit.system().classicSystem());
        @SuppressWarnings("unchecked") // a class literal has no type argument
        var store =
                (JdbcDurableStateStore<State>)
                        registry.getDurableStateStoreFor(
                                DurableStateStore.class, JdbcDurableStateStore.Identifier());
        var id = "remembered";
        store.upsertObject(id, 1, new State(7, "why"), "tag").toCompletableFuture().join();
        var found = store.getObject(id).toCompletableFuture().join();
        assertThat(found.value()).contains(new State(7, "why"));
    }

    private void open(JournalSettings settings) throws JournalException {
        journal = Journal.open(settings, TestJournals.alone("c1"));
        kit =
                ActorTestKit.create(
                        journal.settings()
                                .withFallback(
                                        ConfigFactory.parseString(
                                                "akka.actor.provider = local, akka.loglevel = WARNING"))
                                .withFallback(ConfigFactory.load()));
    }

    private Behavior<ProjectionBehavior.Command> projection(Slice slice, AtomicBoolean fails) {
        var source =
                EventSourcedProvider.<Counted>eventsByTag(
                        kit.system(), JdbcReadJournal.Identifier(), slice.tag("Counter"));
        var projection =
                JdbcProjection.exactlyOnce(
                                ProjectionId.of("seen", slice.tag("Counter")),
                                source,
                                journal::session,
                                () -> new Seen(fails),
                                kit.system())
                        .withRestartBackoff(Duration.ofMillis(50), Duration.ofMillis(200), 0.1);
        return ProjectionBehavior.create(projection);
    }

    /** Writes what it sees, and fails once after it has written. */
    private static final class Seen
            extends JdbcHandler<
                    akka.projection.eventsourced.EventEnvelope<Counted>, JournalSession> {
        private final AtomicBoolean fails;

        Seen(AtomicBoolean fails) {
            this.fails = fails;
        }

        @Override
        public void process(
                JournalSession session, akka.projection.eventsourced.EventEnvelope<Counted> event)
                throws Exception {
            session.withConnection(connection -> {
                try (var insert = connection.prepareStatement("INSERT INTO seen VALUES (?, ?)")) {
                    insert.setString(1, event.persistenceId());
                    insert.setLong(2, event.sequenceNr());
                    return insert.executeUpdate();
                }
            });
            if (event.sequenceNr() == 7 && fails.getAndSet(false)) {
                throw new IllegalStateException("once, as a test of the projection");
            }
        }
    }

    private void countInFive() {
        for (int id = 0; id < 5; id++) {
            var counter = kit.spawn(Counter.create(Integer.toString(id)));
            for (int i = 0; i < EVENTS; i++) {
                count(counter, "cause " + i);
            }
        }
    }

    private State count(ActorRef<Command> counter, String cause) {
        return ask(counter, to -> new Count(cause, to));
    }

    private State ask(ActorRef<Command> counter, Function<ActorRef<State>, Command> message) {
        return AskPattern.ask(counter, message, Duration.ofSeconds(10), kit.system().scheduler())
                .toCompletableFuture()
                .join();
    }

    private List<Long> numbers(String sql) throws SQLException {
        var numbers = new ArrayList<Long>();
        try (var connection = journal.reads().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                numbers.add(rows.getLong(1));
            }
        }
        return numbers;
    }

    private void execute(String sql) throws SQLException {
        try (var connection = journal.reads().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
