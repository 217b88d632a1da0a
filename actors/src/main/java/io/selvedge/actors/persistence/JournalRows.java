// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.actors.backup.BackupHead;
import io.selvedge.actors.backup.BackupWriter;
import io.selvedge.actors.backup.Rows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A journal out of its database, and into another, of whichever kind. Blocks. */
public final class JournalRows {
    /** What has to be empty, or the audit would pass over what is filled in. */
    private static final List<String> TABLES =
            List.of(
                    "event_journal",
                    "snapshot",
                    "akka_projection_offset_store",
                    "history",
                    "standing",
                    "entity_name");

    private JournalRows() {}

    /**
     * Writes a backup of a journal as it is at one moment; whoever uses the journal goes on.
     *
     * @param head which the backup is to have
     * @param out not closed; what it was given is a backup only if its last line came through
     */
    public static void export(JournalSettings settings, BackupHead head, OutputStream out)
            throws JournalException, IOException {
        if (settings instanceof JournalSettings.H2 file) {
            if (Files.notExists(file.folder().resolve("journal.mv.db"))) {
                throw absent(settings);
            }
            if (ExportSocket.copy(file, request(head), out)) {
                return;
            }
        }
        var connector = Connector.of(settings);
        try (var connection = connector.connect()) {
            requireTables(connection, settings);
            var writer = new BackupWriter(out, head);
            write(connection, connector.dialect(), writer);
            writer.finish();
        } catch (SQLException failed) {
            throw Faults.explain(settings, failed);
        }
    }

    /**
     * Fills an empty journal, all of it or nothing; gives the number of rows.
     *
     * @param claim of the one node that has the journal meanwhile
     */
    public static long fill(JournalSettings settings, Claim claim, Rows rows)
            throws JournalException, IOException {
        try (var journal = Journal.open(settings, claim);
                var connection = journal.reads().getConnection()) {
            connection.setAutoCommit(false);
            requireEmpty(connection, settings);
            try (var store = new RowsToStore(connection, Connector.of(settings).dialect())) {
                long put = store.put(rows);
                connection.commit();
                return put;
            } finally {
                connection.rollback();
            }
        } catch (SQLException failed) {
            throw Faults.explain(settings, failed);
        }
    }

    /** All rows as they are at one moment. */
    static void write(Connection connection, Connector.Dialect dialect, BackupWriter writer)
            throws SQLException, IOException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(dialect.snapshotIsolation);
        connection.setReadOnly(true);
        var rows = new StoredRows(connection);
        try {
            for (var row = rows.next(); row != null; row = rows.next()) {
                writer.write(row);
            }
        } finally {
            connection.rollback();
        }
    }

    private static ByteArrayInputStream request(BackupHead head) throws IOException {
        var line = new ByteArrayOutputStream();
        var _ = new BackupWriter(line, head);
        return new ByteArrayInputStream(line.toByteArray());
    }

    private static void requireEmpty(Connection connection, JournalSettings settings)
            throws SQLException, JournalException {
        for (var table : TABLES) {
            try (var statement = connection.createStatement();
                    var rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
                rows.next();
                long count = rows.getLong(1);
                if (count > 0) {
                    throw new JournalException(
                            "%s: %s holds %d rows of %s already: name an empty one, or move this one away"
                                    .formatted(JournalSettings.FIELD, settings, count, table));
                }
            }
        }
    }

    private static void requireTables(Connection connection, JournalSettings settings)
            throws SQLException, JournalException {
        try (var tables =
                connection
                        .getMetaData()
                        .getTables(null, connection.getSchema(), "event_journal", null)) {
            if (!tables.next()) {
                throw absent(settings);
            }
        }
    }

    private static JournalException absent(JournalSettings settings) {
        return new JournalException(
                "%s: %s holds no journal: name the one that the authority uses"
                        .formatted(JournalSettings.FIELD, settings));
    }
}
