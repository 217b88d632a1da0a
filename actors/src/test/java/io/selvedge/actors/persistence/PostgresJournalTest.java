// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.postgres.Database;
import io.selvedge.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresJournalTest extends JournalContract {
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
}
