// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.postgres.Database;
import io.selvedge.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAuditingTest extends AuditingContract {
    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    private Database database;

    @Override
    @BeforeEach
    void open() throws Exception {
        database = POSTGRES.newDatabase();
        super.open();
    }

    @Override
    JournalSettings settings(Path folder) throws IOException {
        return TestJournals.server(database, folder);
    }

    @Override
    void killConnections() throws SQLException {
        execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
                        + " datname = current_database() AND pid <> pg_backend_pid()");
    }
}
