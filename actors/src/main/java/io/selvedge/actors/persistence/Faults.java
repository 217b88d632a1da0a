// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.actors.persistence.JournalSettings.H2;
import io.selvedge.actors.persistence.JournalSettings.PostgreSql;
import java.sql.SQLException;

/** What a database's refusal means for whoever wrote the setting. */
final class Faults {
    private static final int H2_IN_USE = 90020;
    private static final int H2_CORRUPT = 90030;

    private Faults() {}

    static JournalException explain(JournalSettings settings, SQLException failed) {
        var said =
                switch (settings) {
                    case H2 file -> ofFile(file, failed);
                    case PostgreSql server -> ofServer(server, failed);
                };
        boolean inUse = settings instanceof H2 && failed.getErrorCode() == H2_IN_USE;
        return new JournalException(JournalSettings.FIELD + ": " + said, failed, inUse);
    }

    private static String ofFile(H2 file, SQLException failed) {
        return switch (failed.getErrorCode()) {
            case H2_IN_USE ->
                    ("another process uses %s, and an H2 file serves one cloud node: end that process, or"
                                    + " move to PostgreSQL, which three or more cloud nodes share")
                            .formatted(file);
            case H2_CORRUPT ->
                    "%s is damaged: restore it from a backup (%s)"
                            .formatted(file, failed.getMessage());
            default -> "cannot open %s: %s".formatted(file, failed.getMessage());
        };
    }

    private static String ofServer(PostgreSql server, SQLException failed) {
        var state = failed.getSQLState() == null ? "" : failed.getSQLState();
        return switch (state) {
            case "28P01", "28000" ->
                    "%s refuses user '%s': correct ?user= there, or the password in the file that %s names"
                            .formatted(server, server.user(), JournalSettings.PASSWORD_FIELD);
            case "08004" ->
                    "%s refuses the connection (%s): give the password in a file and name that in %s"
                            .formatted(server, failed.getMessage(), JournalSettings.PASSWORD_FIELD);
            case "3D000" ->
                    "%s has no database '%s': create it (createdb -O %s %s), or name another there"
                            .formatted(server, server.database(), server.user(), server.database());
            case "42501" ->
                    ("user '%s' may not make tables in %s: make it the database's owner, or GRANT CREATE"
                                    + " ON SCHEMA to it")
                            .formatted(server.user(), server);
            case "08001", "08006", "57P03" ->
                    "cannot reach %s (%s): correct host and port there, or start the server"
                            .formatted(server, failed.getMessage());
            default -> "cannot use %s: %s".formatted(server, failed.getMessage());
        };
    }
}
