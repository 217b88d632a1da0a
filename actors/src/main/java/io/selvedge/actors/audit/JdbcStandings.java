// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what stood when, as intervals: a new standing ends the one before it, and lasts until the
 * one after it, if what came late belongs between two.
 */
final class JdbcStandings implements AutoCloseable {
    private static final String OF_PART =
            " FROM standing WHERE kind = ? AND entity = ? AND part = ?";
    private static final String BACKWARDS = " ORDER BY kind, entity, part, begins DESC LIMIT 1";

    private final PreparedStatement before;
    private final PreparedStatement next;
    private final PreparedStatement update;
    private final PreparedStatement delete;
    private final PreparedStatement insert;

    private record Interval(long begins, long ends, boolean isGone) {}

    JdbcStandings(Connection connection) throws SQLException {
        before =
                connection.prepareStatement(
                        "SELECT begins, ends, fork" + OF_PART + " AND begins <= ?" + BACKWARDS);
        next =
                connection.prepareStatement(
                        "SELECT begins"
                                + OF_PART
                                + " AND begins > ? ORDER BY kind, entity, part, begins LIMIT 1");
        update =
                connection.prepareStatement(
                        "UPDATE standing SET ends = ?, fork = ?"
                                + " WHERE kind = ? AND entity = ? AND part = ? AND begins = ?");
        delete = connection.prepareStatement("DELETE" + OF_PART + " AND begins = ?");
        insert =
                connection.prepareStatement(
                        "INSERT INTO standing (kind, entity, part, begins, ends, fork, fact)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?)");
    }

    void record(Happening happening) throws SQLException {
        for (var standing : happening.standings()) {
            record(happening, standing);
        }
    }

    private void record(Happening happening, Standing standing) throws SQLException {
        long begins = happening.millis();
        var before = before(happening, standing);
        long ends = before == null ? nextBegin(happening, standing) : before.ends();
        if (before != null && before.begins() == begins) {
            // Within one millisecond, the later event counts.
            key(delete, 1, happening, standing);
            delete.setLong(4, begins);
            delete.executeUpdate();
        } else if (before != null) {
            update.setLong(1, begins);
            update.setLong(2, before.isGone() ? Fork.GONE : Fork.of(before.begins(), begins));
            key(update, 3, happening, standing);
            update.setLong(6, before.begins());
            update.executeUpdate();
        }
        insert(happening, standing, begins, ends);
    }

    private void insert(Happening happening, Standing standing, long begins, long ends)
            throws SQLException {
        var fact = standing.fact();
        key(insert, 1, happening, standing);
        insert.setLong(4, begins);
        insert.setLong(5, ends);
        insert.setLong(6, fact == null ? Fork.GONE : Fork.of(begins, ends));
        if (fact == null) {
            insert.setNull(7, Types.VARCHAR);
        } else {
            insert.setString(7, AuditJson.text(fact));
        }
        insert.executeUpdate();
    }

    private @Nullable Interval before(Happening happening, Standing standing) throws SQLException {
        key(before, 1, happening, standing);
        before.setLong(4, happening.millis());
        try (var rows = before.executeQuery()) {
            return rows.next()
                    ? new Interval(rows.getLong(1), rows.getLong(2), rows.getLong(3) == Fork.GONE)
                    : null;
        }
    }

    private long nextBegin(Happening happening, Standing standing) throws SQLException {
        key(next, 1, happening, standing);
        next.setLong(4, happening.millis());
        try (var rows = next.executeQuery()) {
            return rows.next() ? rows.getLong(1) : Fork.NEVER;
        }
    }

    private static void key(PreparedStatement of, int from, Happening happening, Standing standing)
            throws SQLException {
        var entity = happening.entity();
        of.setString(from, entity.kind().name());
        of.setString(from + 1, entity.id());
        of.setString(from + 2, standing.part());
    }

    @Override
    public void close() throws SQLException {
        try (before;
                next;
                update;
                delete;
                insert) {
            // All are closed, whichever of them fails.
        }
    }
}
