// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.persistence.TestJournals;
import java.nio.file.Path;

class H2AuditTrailTest extends JdbcAuditTrailContract {
    @Override
    JournalSettings settings(Path folder) {
        return TestJournals.file(folder);
    }
}
