// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.backup.BackupHead;
import io.selvedge.actors.backup.BackupReader;
import io.selvedge.actors.backup.Row;
import io.selvedge.actors.backup.Rows;
import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.intent.Journals;
import io.selvedge.actors.intent.MemoryAuthority.Journaled;
import io.selvedge.actors.intent.Restoring;
import io.selvedge.actors.journal.EventRows;
import io.selvedge.actors.journal.NewEpoch;
import io.selvedge.model.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal goes out of one database into another, of either kind, and nothing of it changes. */
abstract class BackupContract {
    static final BackupHead HEAD =
            new BackupHead(
                    "fabric-1",
                    Wishes.keys(97, 0).recordKey(),
                    Wishes.keys(99, 0).recordKey(),
                    Instant.parse("2026-11-23T01:02:03Z"),
                    null);
    private static @Nullable ActorSystem system;

    @TempDir Path folder;

    /** An empty journal of its own at each call. */
    abstract JournalSettings from(Path folder) throws IOException;

    abstract JournalSettings to(Path folder) throws IOException;

    @BeforeAll
    static void start() {
        system = ActorSystem.create("rows", EventRows.settings());
    }

    @AfterAll
    static void stop() {
        system().terminate();
    }

    @Test
    void allThatIsExportedIsImportedByteForByte() throws Exception {
        var from = from(folder.resolve("from"));
        fill(from, lived());
        var backup = export(from);
        var to = to(folder.resolve("to"));

        long count = JournalRows.fill(to, claim("c1"), reader(backup));

        assertThat(count).isEqualTo(lived().size());
        assertThat(new String(export(to), StandardCharsets.UTF_8))
                .isEqualTo(new String(backup, StandardCharsets.UTF_8));
        assertThat(new String(backup, StandardCharsets.UTF_8))
                .as("people can read what happened")
                .contains("\"says\":{\"event\":\"address-given\",\"uid\":\"uid-1\"");
    }

    @Test
    void anExportIsOfOneMomentWhileTheAuthorityGoesOn() throws Exception {
        var from = from(folder.resolve("from"));
        fill(from, lived());
        try (var journal = Journal.open(from, claim("c1"));
                var connection = journal.reads().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("UPDATE event_journal SET writer = 'during'");
            assertThat(new String(export(from), StandardCharsets.UTF_8)).contains("during");
            assertThat(rows(export(from))).hasSize(lived().size());
        }
    }

    @Test
    void aJournalThatHoldsAnythingIsLeftAlone() throws Exception {
        var to = to(folder.resolve("to"));
        fill(to, lived().subList(0, 3));
        assertThatThrownBy(() -> fill(to, lived()))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("holds 3 rows of event_journal already: name an empty one");
        assertThat(rows(export(to))).hasSize(3);
    }

    @Test
    void ofABackupThatIsCutOffNothingIsImported() throws Exception {
        var from = from(folder.resolve("from"));
        fill(from, lived());
        var text = new String(export(from), StandardCharsets.UTF_8);
        var cut = text.substring(0, text.lastIndexOf('\n', text.length() - 2) + 1);
        var to = to(folder.resolve("to"));
        assertThatThrownBy(() ->
                        JournalRows.fill(
                                to, claim("c1"), reader(cut.getBytes(StandardCharsets.UTF_8))))
                .hasMessageContaining("it was cut off");
        assertThat(rows(export(to))).isEmpty();
    }

    /** Snapshots, deleted events and what Akka writes for itself come along. */
    @Test
    void whatIsNoEventOfOursComesAlong() throws Exception {
        var from = from(folder.resolve("from"));
        var content = new Row.Content(13, "AB", Bytes.ofHex("00ff7b"));
        var json = new Row.Content(31, "State", text("{\"a\":1.50,\"b\":\"\u00e9\"}"));
        var odd = new Row.Content(31, "State", text("{\"a\" : 1, \"a\" : 2}"));
        var rows =
                List.<Row>of(
                        event("/sharding/NodeShard/3", 7, true, content, null),
                        event("/sharding/NodeShard/3", 8, false, content, odd),
                        new Row.Snapshot("Node|a", 3, 5, odd, content),
                        new Row.Snapshot("Node|b", 9, 6, json, null));
        JournalRows.fill(from, claim("c1"), of(rows));
        assertThat(rows(export(from))).isEqualTo(rows);
    }

    /** What is persisted next comes after all that was imported. */
    @Test
    void theJournalGoesOnBehindWhatWasImported() throws Exception {
        var to = to(folder.resolve("to"));
        fill(to, lived());
        try (var journal = Journal.open(to, claim("c1"));
                var connection = journal.reads().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO event_journal (persistence_id, sequence_number, deleted, writer,"
                            + " write_timestamp, event_ser_id, event_ser_manifest, event_payload)"
                            + " SELECT 'Node|new', 1, deleted, writer, 0, 31, '', event_payload"
                            + " FROM event_journal WHERE ordering = 1");
        }
        assertThat(rows(export(to)).getLast().entity()).isEqualTo("Node|new");
    }

    /** An old backup: the authority goes on above what the fabric holds of its lost future. */
    @Test
    void anAuthorityRestoredFromAnOldBackupRegressesNothing() throws Exception {
        var restoring = new Restoring(11);
        var from = from(folder.resolve("from"));
        fill(from, restoring.backup());
        var to = to(folder.resolve("to"));
        var events = new EventRows(system());
        var restored = new NewEpoch(reader(export(from)), events, HEAD.takenAt());
        JournalRows.fill(to, claim("c1"), restored);
        var read = rows(export(to)).stream().map(row -> events.journaled((Row.Event) row)).toList();
        assertThat(read.subList(0, read.size() - 1)).isEqualTo(restoring.backup());
        assertThat(read.getLast().event()).isEqualTo(new ClusterEvent.EpochBegun(2));
        restoring.goOnFrom(read);
    }

    static List<Journaled> lived() {
        return Journals.lived().history();
    }

    static void fill(JournalSettings settings, List<Journaled> history) throws Exception {
        var rows = new EventRows(system()).rows(history, HEAD.takenAt(), "test");
        JournalRows.fill(settings, claim("c1"), of(rows));
    }

    static byte[] export(JournalSettings settings) throws Exception {
        var out = new ByteArrayOutputStream();
        JournalRows.export(settings, HEAD, out);
        return out.toByteArray();
    }

    private static BackupReader reader(byte[] backup) throws IOException {
        return new BackupReader("backup", new ByteArrayInputStream(backup));
    }

    static List<Row> rows(byte[] backup) throws IOException {
        var reader = reader(backup);
        var rows = new ArrayList<Row>();
        for (var row = reader.next(); row != null; row = reader.next()) {
            rows.add(row);
        }
        return rows;
    }

    static Rows of(List<Row> rows) {
        Iterator<Row> left = rows.iterator();
        return () -> left.hasNext() ? left.next() : null;
    }

    private static Row.Event event(
            String entity,
            long number,
            boolean deleted,
            Row.Content content,
            Row.@Nullable Content meta) {
        return new Row.Event(entity, number, deleted, "w", 1, "", new TreeSet<>(), content, meta);
    }

    private static Bytes text(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Claim claim(String node) {
        return TestJournals.alone(node);
    }

    private static ActorSystem system() {
        return Objects.requireNonNull(system);
    }
}
