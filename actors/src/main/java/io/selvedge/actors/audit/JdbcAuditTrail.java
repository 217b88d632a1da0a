// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.audit.StatusAssembly.Stood;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The audit in the tables of the journal's database, as {@link JdbcRecorder} fills them. */
public final class JdbcAuditTrail implements AuditTrail {
    private static final Comparator<HistoryEntry> BY_TIME =
            Comparator.comparing(HistoryEntry::happened).thenComparingLong(HistoryEntry::sequence);

    private final DataSource database;

    /**
     * @param database connections in auto-commit mode
     */
    public JdbcAuditTrail(DataSource database) {
        this.database = database;
    }

    @Override
    public Found history(Query query) {
        try (var connection = database.getConnection()) {
            return switch (new JdbcNames(connection).meant(query.kind(), query.name())) {
                case Names.Meant.Not(var why) -> why;
                case Names.Meant.Entity(var id) ->
                        new Found.Entries(entries(connection, id, query));
            };
        } catch (SQLException failed) {
            throw new AuditUnavailable(failed);
        }
    }

    @Override
    public FabricStatus statusAt(Instant moment) {
        long millis = Math.clamp(moment.toEpochMilli(), 1, Fork.LATEST);
        var assembly = new StatusAssembly();
        try (var connection = database.getConnection()) {
            // In auto-commit mode PostgreSQL's driver reads all rows before it gives the first.
            connection.setAutoCommit(false);
            try (var query = connection.prepareStatement(standing(millis))) {
                query.setFetchSize(1_000);
                try (var rows = query.executeQuery()) {
                    while (rows.next()) {
                        assembly.add(stood(rows));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException failed) {
            throw new AuditUnavailable(failed);
        }
        return assembly.at(moment);
    }

    /** All numbers are ours: written out, they let both databases plan for them. */
    private static String standing(long millis) {
        var select = "SELECT kind, entity, begins, fact FROM standing s ";
        var join = "JOIN (VALUES %s) AS n (node) ON s.fork = n.node ";
        var parts = new ArrayList<String>();
        parts.add(select + "WHERE fork = %d AND begins <= %d".formatted(Fork.OPEN, millis));
        var before = Fork.before(millis);
        if (!before.isEmpty()) {
            parts.add(select + join.formatted(values(before)) + "WHERE ends > " + millis);
        }
        parts.add(select + join.formatted(values(Fork.from(millis))) + "WHERE begins <= " + millis);
        return String.join(" UNION ALL ", parts);
    }

    private static String values(List<Long> nodes) {
        return nodes.stream()
                .map("(CAST(%d AS BIGINT))"::formatted)
                .collect(Collectors.joining(", "));
    }

    private static Stood stood(ResultSet row) throws SQLException {
        return new Stood(
                new EntityId(EntityKind.valueOf(row.getString(1)), row.getString(2)),
                Instant.ofEpochMilli(row.getLong(3)),
                AuditJson.fact(row.getString(4)));
    }

    private static List<HistoryEntry> entries(Connection connection, EntityId id, Query query)
            throws SQLException {
        var sql =
                "SELECT * FROM history WHERE kind = ? AND entity = ? AND sequence_number > ?"
                        + " AND happened >= ? AND happened < ?"
                        + (query.after() > 0
                                ? " ORDER BY kind, entity, sequence_number"
                                : " ORDER BY kind, entity, happened DESC, tick DESC,"
                                        + " sequence_number DESC")
                        + " LIMIT ?";
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, id.kind().name());
            select.setString(2, id.id());
            select.setLong(3, query.after());
            select.setLong(4, millis(query.since(), 0));
            select.setLong(5, millis(query.until(), Long.MAX_VALUE));
            select.setInt(6, query.limit());
            var entries = new ArrayList<HistoryEntry>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(entry(id, rows));
                }
            }
            entries.sort(BY_TIME);
            return entries;
        }
    }

    private static long millis(@Nullable Instant bound, long without) {
        return bound == null ? without : bound.toEpochMilli();
    }

    private static HistoryEntry entry(EntityId id, ResultSet row) throws SQLException {
        long nodeTime = row.getLong("node_time");
        boolean isTold = !row.wasNull();
        return new HistoryEntry(
                id,
                row.getLong("sequence_number"),
                row.getString("event"),
                row.getString("says"),
                new Hlc(row.getLong("happened"), row.getInt("tick")),
                isTold ? Instant.ofEpochMilli(nodeTime) : null,
                Instant.ofEpochMilli(row.getLong("received_at")),
                row.getString("reporter"),
                cause(row),
                row.getString("details"));
    }

    private static @Nullable Cause cause(ResultSet row) throws SQLException {
        var json = row.getString("cause");
        return json == null ? null : AuditJson.cause(json);
    }
}
