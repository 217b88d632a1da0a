// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.persistence.TestJournals;
import java.nio.file.Path;
import java.sql.SQLException;

class H2AuditingTest extends AuditingContract {
    @Override
    JournalSettings settings(Path folder) {
        return TestJournals.file(folder);
    }

    /** Whatever a session does is rolled back. */
    @Override
    void killConnections() throws SQLException {
        execute(
                "SELECT ABORT_SESSION(SESSION_ID) FROM INFORMATION_SCHEMA.SESSIONS"
                        + " WHERE SESSION_ID <> SESSION_ID()");
    }
}
