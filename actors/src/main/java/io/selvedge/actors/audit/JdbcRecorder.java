// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.entity.EntityId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes happenings in the transaction of its caller, who commits. Should two write at once, the
 * key of {@code history} lets one of them: nothing is told twice.
 */
final class JdbcRecorder implements Recorder {
    private static final String HISTORY =
            """
            INSERT INTO history (kind, entity, sequence_number, event, says, happened, tick, node_time,
              received_at, reporter, cause, details)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final Connection connection;

    JdbcRecorder(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void record(List<Happening> happenings) throws SQLException {
        var fresh = fresh(happenings);
        try (var insert = connection.prepareStatement(HISTORY)) {
            for (var each : fresh) {
                bind(insert, each.entry());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (var standings = new JdbcStandings(connection);
                var names = new JdbcNaming(connection)) {
            for (var each : fresh) {
                standings.record(each);
                names.record(each);
            }
        }
    }

    /** The number of the last event of an entity that was recorded; 0 before the first. */
    long last(EntityId entity) throws SQLException {
        var sql =
                "SELECT sequence_number FROM history WHERE kind = ? AND entity = ?"
                        + " ORDER BY kind, entity, sequence_number DESC LIMIT 1";
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, entity.kind().name());
            query.setString(2, entity.id());
            try (var rows = query.executeQuery()) {
                return rows.next() ? rows.getLong(1) : 0;
            }
        }
    }

    private List<Happening> fresh(List<Happening> happenings) throws SQLException {
        var last = new HashMap<EntityId, Long>();
        var fresh = new ArrayList<Happening>();
        for (var each : happenings) {
            long before = lastOf(each.entity(), last);
            long sequence = each.entry().sequence();
            if (sequence > before + 1) {
                throw new IllegalArgumentException(
                        "%s lacks event %d".formatted(each.entity(), before + 1));
            }
            if (sequence == before + 1) {
                last.put(each.entity(), sequence);
                fresh.add(each);
            }
        }
        return fresh;
    }

    private long lastOf(EntityId entity, Map<EntityId, Long> known) throws SQLException {
        var last = known.get(entity);
        return last == null ? last(entity) : last;
    }

    private static void bind(PreparedStatement insert, HistoryEntry entry) throws SQLException {
        var cause = entry.cause();
        insert.setString(1, entry.entity().kind().name());
        insert.setString(2, entry.entity().id());
        insert.setLong(3, entry.sequence());
        insert.setString(4, entry.event());
        insert.setString(5, entry.says());
        insert.setLong(6, entry.happened().millis());
        insert.setInt(7, entry.happened().count());
        bind(insert, 8, millis(entry.nodeTime()));
        insert.setLong(9, entry.receivedAt().toEpochMilli());
        insert.setString(10, entry.reporter());
        insert.setString(11, cause == null ? null : AuditJson.text(cause));
        insert.setString(12, entry.details());
    }

    private static void bind(PreparedStatement insert, int index, @Nullable Long number)
            throws SQLException {
        if (number == null) {
            insert.setNull(index, Types.BIGINT);
        } else {
            insert.setLong(index, number);
        }
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
