// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.actors.backup.Row;
import io.selvedge.actors.backup.Row.Content;
import io.selvedge.actors.backup.Row.Event;
import io.selvedge.actors.backup.Row.Snapshot;
import io.selvedge.actors.backup.Rows;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * Puts rows into an empty journal, within a transaction of the caller's. Events are ordered anew,
 * from one and without gaps, so projections of this journal have to begin anew, too.
 */
final class RowsToStore implements AutoCloseable {
    private static final int BATCH = 500;
    private static final String EVENT =
            "INSERT INTO event_journal (ordering, persistence_id, sequence_number, deleted, writer,"
                    + " write_timestamp, adapter_manifest, event_ser_id, event_ser_manifest,"
                    + " event_payload, meta_ser_id, meta_ser_manifest, meta_payload)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String TAG = "INSERT INTO event_tag (event_id, tag) VALUES (?, ?)";
    private static final String SNAPSHOT =
            "INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot_ser_id,"
                    + " snapshot_ser_manifest, snapshot_payload, meta_ser_id, meta_ser_manifest,"
                    + " meta_payload) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Connection connection;
    private final Connector.Dialect dialect;
    private final PreparedStatement event;
    private final PreparedStatement tag;
    private final PreparedStatement snapshot;
    private long ordering;
    private long rows;

    RowsToStore(Connection connection, Connector.Dialect dialect) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.event = connection.prepareStatement(EVENT);
        this.tag = connection.prepareStatement(TAG);
        this.snapshot = connection.prepareStatement(SNAPSHOT);
    }

    /** Gives how many there were. */
    long put(Rows all) throws SQLException, IOException {
        for (var row = all.next(); row != null; row = all.next()) {
            put(row);
            if (++rows % BATCH == 0) {
                flush();
            }
        }
        flush();
        restart();
        return rows;
    }

    private void put(Row row) throws SQLException {
        switch (row) {
            case Event put -> {
                event.setLong(1, ++ordering);
                event.setString(2, put.entity());
                event.setLong(3, put.number());
                event.setBoolean(4, put.deleted());
                event.setString(5, put.writer());
                event.setLong(6, put.writtenAt());
                event.setString(7, put.adapter());
                set(event, 8, put.content());
                set(event, 11, put.meta());
                event.addBatch();
                for (var each : put.tags()) {
                    tag.setLong(1, ordering);
                    tag.setString(2, each);
                    tag.addBatch();
                }
            }
            case Snapshot put -> {
                snapshot.setString(1, put.entity());
                snapshot.setLong(2, put.number());
                snapshot.setLong(3, put.writtenAt());
                set(snapshot, 4, put.content());
                set(snapshot, 7, put.meta());
                snapshot.addBatch();
            }
        }
    }

    private static void set(PreparedStatement statement, int from, @Nullable Content content)
            throws SQLException {
        if (content == null) {
            statement.setNull(from, Types.INTEGER);
            statement.setNull(from + 1, Types.VARCHAR);
            statement.setNull(from + 2, Types.BINARY);
        } else {
            statement.setInt(from, content.serializer());
            statement.setString(from + 1, content.manifest());
            statement.setBytes(from + 2, content.bytes().toArray());
        }
    }

    private void flush() throws SQLException {
        event.executeBatch();
        tag.executeBatch();
        snapshot.executeBatch();
    }

    /** What is persisted next is ordered after these. */
    private void restart() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(dialect.orderingFrom + (ordering + 1));
        }
    }

    @Override
    public void close() throws SQLException {
        event.close();
        tag.close();
        snapshot.close();
    }
}
