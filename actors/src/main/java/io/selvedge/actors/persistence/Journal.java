// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The authority's journal, open: its tables are this version's, and this node has a {@link Seat} at
 * it. Akka Persistence reaches it by {@link #settings}, read sides and projections by {@link
 * #reads}. Thread-safe. One outlives many actor systems.
 */
public final class Journal implements AutoCloseable {
    /** As many as the threads that run projections, see {@code journal.conf}. */
    private static final int READERS = 4;

    private final Connector connector;
    private final Seat seat;
    private final HikariDataSource reads;
    private final Membership membership;
    private final @Nullable ExportSocket exports;

    private Journal(Connector connector, Seat seat, Claim claim) {
        this.connector = connector;
        this.seat = seat;
        this.reads = pool(connector);
        this.membership = new Membership(reads, claim);
        this.exports =
                connector.settings() instanceof JournalSettings.H2 file
                        ? ExportSocket.open(file, reads)
                        : null;
    }

    /**
     * Connects, brings the tables to this version's and takes a place. Waits for the database, at
     * most about ten seconds when it does not answer.
     *
     * @throws JournalException when this cannot be, saying which setting to correct or what else to
     *     do
     */
    public static Journal open(JournalSettings settings, Claim claim) throws JournalException {
        claim.check(settings);
        var connector = Connector.of(settings);
        var connection = connector.connect();
        try {
            Schema.migrate(connector);
            return new Journal(connector, Seat.take(connector, connection, claim), claim);
        } catch (JournalException | RuntimeException failed) {
            leave(connection, failed);
            throw failed;
        }
    }

    private static void leave(Connection connection, Exception failed) {
        try {
            connection.close();
        } catch (SQLException unclosed) {
            failed.addSuppressed(unclosed);
        }
    }

    /** What an actor system needs beside its own settings to persist here. Holds the password. */
    public Config settings() {
        var dialect = connector.dialect();
        var slick = "akka-persistence-jdbc.shared-databases.slick.";
        return ConfigFactory.parseMap(
                        Map.of(
                                slick + "profile",
                                dialect.slickProfile,
                                slick + "db.driver",
                                dialect.driver,
                                slick + "db.url",
                                connector.url(),
                                slick + "db.user",
                                connector.user(),
                                slick + "db.password",
                                connector.password(),
                                "akka.projection.jdbc.dialect",
                                dialect.projectionDialect),
                        "journal " + connector)
                .withFallback(ConfigFactory.parseResources(Journal.class, "journal.conf"));
    }

    /** Connections for read sides, four of them, in auto-commit mode. */
    public DataSource reads() {
        return reads;
    }

    /** Who is a member of the cluster, as the nodes that share this journal tell. */
    public Membership membership() {
        return membership;
    }

    /**
     * A transaction for a projection, which fails, and is tried again, while there is no
     * connection.
     */
    public JournalSession session() {
        try {
            return new JournalSession(reads.getConnection());
        } catch (SQLException unreachable) {
            throw new IllegalStateException("no connection to " + connector, unreachable);
        }
    }

    @Override
    public void close() throws JournalException {
        if (exports != null) {
            exports.close();
        }
        reads.close();
        seat.close();
    }

    @Override
    public String toString() {
        return connector.toString();
    }

    private static HikariDataSource pool(Connector connector) {
        var config = new HikariConfig();
        config.setPoolName("reads");
        config.setJdbcUrl(connector.url());
        config.setUsername(connector.user());
        config.setPassword(connector.password());
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
