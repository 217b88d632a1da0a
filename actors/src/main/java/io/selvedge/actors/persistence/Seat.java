// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;

/**
 * A cloud node's place at a journal, held by a connection of its own: the database gives it back
 * when the node dies. A node that is alone has the journal for itself; nodes of a cluster share it.
 * What keeps two owners of one entity apart is not this but the key of the journal's rows.
 */
final class Seat implements AutoCloseable {
    /** The lock's name among PostgreSQL's advisory locks; H2 locks its file instead. */
    private static final long LOCK = 0x5E1_7ED6EL;

    private final Connection connection;

    private Seat(Connection connection) {
        this.connection = connection;
    }

    /** Takes a place, on a connection that is the seat's from then on, also if this throws. */
    static Seat take(Connector connector, Connection connection, Claim claim)
            throws JournalException {
        var seat = new Seat(connection);
        try {
            if (connector.dialect() == Connector.Dialect.POSTGRESQL) {
                seat.lock(connector, claim);
            }
            seat.requireFabric(connector, claim);
            seat.sign(claim);
            return seat;
        } catch (SQLException failed) {
            seat.close();
            throw Faults.explain(connector.settings(), failed);
        } catch (JournalException refused) {
            seat.close();
            throw refused;
        }
    }

    @Override
    public void close() throws JournalException {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw new JournalException("cannot leave the journal: " + failed.getMessage(), failed);
        }
    }

    private void lock(Connector connector, Claim claim) throws SQLException, JournalException {
        try (var statement = connection.createStatement()) {
            // A node whose machine is gone is noticed within 20 s, not after PostgreSQL's two
            // hours.
            statement.execute("SET tcp_keepalives_idle = 5");
            statement.execute("SET tcp_keepalives_interval = 5");
            statement.execute("SET tcp_keepalives_count = 3");
        }
        var function = claim.isAlone() ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared";
        try (var statement = connection.prepareStatement("SELECT " + function + "(?)")) {
            statement.setLong(1, LOCK);
            try (var rows = statement.executeQuery()) {
                if (!rows.next() || !rows.getBoolean(1)) {
                    throw refused(connector, claim);
                }
            }
        }
    }

    private JournalException refused(Connector connector, Claim claim) throws SQLException {
        var holders = new ArrayList<String>();
        var sql = "SELECT node FROM authority_seat WHERE alone = ? AND node <> ? ORDER BY node";
        try (var statement = connection.prepareStatement(sql)) {
            statement.setBoolean(1, !claim.isAlone());
            statement.setString(2, claim.node());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    holders.add(rows.getString(1));
                }
            }
        }
        var names = holders.isEmpty() ? "another cloud node" : String.join(" and ", holders);
        return new JournalException(
                (claim.isAlone()
                                ? "%s: %s is in use by %s, but %s knows of no cloud node beside itself: declare"
                                        + " at least three, or end the others"
                                : "%s: %s is in use by %s, which knows of no other cloud node, so %s cannot share"
                                        + " it: restart that one once all are declared")
                        .formatted(JournalSettings.FIELD, connector, names, claim.node()),
                null,
                true);
    }

    private void requireFabric(Connector connector, Claim claim)
            throws SQLException, JournalException {
        try (var statement =
                connection.prepareStatement(
                        "INSERT INTO authority (fabric) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM authority)")) {
            statement.setString(1, claim.fabric());
            statement.executeUpdate();
        }
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT fabric FROM authority")) {
            rows.next();
            if (!rows.getString(1).equals(claim.fabric())) {
                throw new JournalException(
                        "%s: %s belongs to the fabric '%s', not to '%s': give each fabric a database of its own"
                                .formatted(
                                        JournalSettings.FIELD,
                                        connector,
                                        rows.getString(1),
                                        claim.fabric()));
            }
        }
    }

    private void sign(Claim claim) throws SQLException {
        try (var delete =
                connection.prepareStatement("DELETE FROM authority_seat WHERE node = ?")) {
            delete.setString(1, claim.node());
            delete.executeUpdate();
        }
        try (var insert =
                connection.prepareStatement(
                        "INSERT INTO authority_seat (node, alone, taken) VALUES (?, ?, ?)")) {
            insert.setString(1, claim.node());
            insert.setBoolean(2, claim.isAlone());
            insert.setTimestamp(3, Timestamp.from(Instant.now()));
            insert.executeUpdate();
        }
    }
}
