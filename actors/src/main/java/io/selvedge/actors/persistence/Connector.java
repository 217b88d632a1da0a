// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.actors.persistence.JournalSettings.H2;
import io.selvedge.actors.persistence.JournalSettings.PostgreSql;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.h2.engine.Constants;

/** How JDBC and what stands on it reach one journal. The password is in no {@code toString}. */
record Connector(
        JournalSettings settings, Dialect dialect, String url, String user, String password) {
    /**
     * What a node holds that froze, or whose machine is gone, amid a transaction: an event's
     * number, for which the entity's next owner waits. The server ends such a transaction.
     */
    private static final String GIVE_UP_LOCKS = "-c idle_in_transaction_session_timeout=5s";

    /** The two databases' names for themselves, one per library. */
    enum Dialect {
        H2(
                "h2",
                "org.h2.Driver",
                "slick.jdbc.H2Profile$",
                "h2-dialect",
                "ALTER TABLE event_journal ALTER COLUMN ordering RESTART WITH ",
                Constants.TRANSACTION_SNAPSHOT),
        POSTGRESQL(
                "postgresql",
                "org.postgresql.Driver",
                "slick.jdbc.PostgresProfile$",
                "postgres-dialect",
                "ALTER SEQUENCE event_journal_ordering_seq RESTART WITH ",
                Connection.TRANSACTION_REPEATABLE_READ);

        final String migrations;
        final String driver;
        final String slickProfile;
        final String projectionDialect;

        /** What lets the next event have a number. */
        final String orderingFrom;

        /** In which a transaction sees one moment, phantoms included. */
        final int snapshotIsolation;

        Dialect(
                String folder,
                String driver,
                String slickProfile,
                String projectionDialect,
                String orderingFrom,
                int snapshotIsolation) {
            this.migrations = "classpath:io/selvedge/actors/persistence/" + folder;
            this.driver = driver;
            this.slickProfile = slickProfile;
            this.projectionDialect = projectionDialect;
            this.orderingFrom = orderingFrom;
            this.snapshotIsolation = snapshotIsolation;
        }
    }

    /** Prepares the folder of a file, or reads the password for a server. */
    static Connector of(JournalSettings settings) throws JournalException {
        return switch (settings) {
            case H2 file -> ofFile(file);
            case PostgreSql server ->
                    new Connector(
                            server,
                            Dialect.POSTGRESQL,
                            url(server),
                            server.user(),
                            password(server));
        };
    }

    Connection connect() throws JournalException {
        try {
            return DriverManager.getConnection(url, user, password);
        } catch (SQLException failed) {
            throw Faults.explain(settings, failed);
        }
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    private static Connector ofFile(H2 file) throws JournalException {
        ForcedFile.register();
        try {
            Files.createDirectories(
                    file.folder(),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failed) {
            throw new JournalException(
                    "%s: cannot make the folder %s: %s"
                            .formatted(JournalSettings.FIELD, file.folder(), failed.getMessage()),
                    failed);
        }
        // WRITE_DELAY=0: a commit is written before it returns, not half a second later.
        // DATABASE_TO_UPPER=FALSE: the plugin quotes its lower-case names here and there.
        var url =
                "jdbc:h2:%s:%s;WRITE_DELAY=0;DATABASE_TO_UPPER=FALSE;DB_CLOSE_ON_EXIT=FALSE"
                        .formatted(ForcedFile.SCHEME, file.folder().resolve("journal"));
        return new Connector(file, Dialect.H2, url, "", "");
    }

    private static String url(PostgreSql server) {
        var options =
                server.options().entrySet().stream()
                        .map(Map.Entry::toString)
                        .map(option -> "&" + URLEncoder.encode(option, StandardCharsets.UTF_8))
                        .map(option -> option.replaceFirst("%3D", "="))
                        .collect(Collectors.joining());
        return "jdbc:postgresql://%s:%d/%s?ApplicationName=selvedge&connectTimeout=5&loginTimeout=5"
                        .formatted(server.host(), server.port(), server.database())
                + "&tcpKeepAlive=true"
                + "&options="
                + URLEncoder.encode(GIVE_UP_LOCKS, StandardCharsets.UTF_8)
                + options;
    }

    private static String password(PostgreSql server) throws JournalException {
        var file = server.passwordFile();
        if (file == null) {
            return "";
        }
        try {
            requirePrivate(file);
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new JournalException(
                    "%s: cannot read %s: write the password of %s to it"
                            .formatted(JournalSettings.PASSWORD_FIELD, file, server),
                    unreadable);
        }
    }

    private static void requirePrivate(Path file) throws IOException, JournalException {
        var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.remove(PosixFilePermission.OWNER_READ);
        others.remove(PosixFilePermission.OWNER_WRITE);
        if (!others.isEmpty()) {
            throw new JournalException(
                    "%s: %s is open to others: chmod 600 %s"
                            .formatted(JournalSettings.PASSWORD_FIELD, file, file));
        }
    }
}
