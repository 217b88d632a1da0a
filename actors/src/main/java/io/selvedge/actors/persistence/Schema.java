// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;

/**
 * The tables of a journal, as the numbered files beside this class make them: {@code h2/V1__*.sql}
 * and {@code postgresql/V1__*.sql}, of equal meaning. A file that was released never changes, and
 * later ones only add, so that nodes of an older version run on beside newer ones.
 */
final class Schema {
    private Schema() {}

    /** Brings the tables to this version's; of several nodes that start at once, one does it. */
    static void migrate(Connector connector) throws JournalException {
        try {
            Flyway.configure(Schema.class.getClassLoader())
                    .dataSource(connector.url(), connector.user(), connector.password())
                    .locations(connector.dialect().migrations)
                    .table("schema_history")
                    .load()
                    .migrate();
        } catch (FlywayValidateException unlike) {
            throw new JournalException(
                    "%s: the tables of %s are not those of this version: run the one that made them (%s)"
                            .formatted(JournalSettings.FIELD, connector, oneLine(unlike)),
                    unlike);
        } catch (FlywayException failed) {
            throw explain(connector, failed);
        }
    }

    private static JournalException explain(Connector connector, FlywayException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return Faults.explain(connector.settings(), refused);
            }
        }
        return new JournalException(
                failed.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE
                        ? "%s: %s holds other tables: give the journal an empty database"
                                .formatted(JournalSettings.FIELD, connector)
                        : "%s: cannot make the tables of %s: %s"
                                .formatted(JournalSettings.FIELD, connector, oneLine(failed)),
                failed);
    }

    private static String oneLine(FlywayException failed) {
        return String.valueOf(failed.getMessage()).strip().replaceAll("\\s*\\n\\s*", "; ");
    }
}
