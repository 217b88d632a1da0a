// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresAuditTrailTest extends JdbcAuditTrailContract {
    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @Override
    JournalSettings settings(Path folder) throws IOException {
        return TestJournals.server(POSTGRES.newDatabase(), folder);
    }
}
