// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.persistence.TestJournals;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The tables, on either database. */
abstract class JdbcAuditTrailContract extends AuditTrailContract {
    @TempDir private Path folder;
    private Journal journal;

    abstract JournalSettings settings(Path folder) throws IOException;

    @BeforeEach
    void open() throws Exception {
        journal = Journal.open(settings(folder), TestJournals.alone("c1"));
    }

    @AfterEach
    void close() throws Exception {
        journal.close();
    }

    @Override
    AuditTrail trail() {
        return new JdbcAuditTrail(journal.reads());
    }

    @Override
    void record(List<Happening> happenings) throws Exception {
        try (var connection = journal.reads().getConnection()) {
            connection.setAutoCommit(false);
            new JdbcRecorder(connection).record(happenings);
            connection.commit();
        }
    }
}
