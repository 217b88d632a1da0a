// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.postgres.Database;
import io.selvedge.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PostgresJournalTest extends JournalContract {
    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir private Path folder;
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

    /** A cloud node that froze, or whose machine is gone, holds the number of an event. */
    @Test
    void whoStandsStillAmidATransactionHoldsNobodyUp() throws Exception {
        var settings = TestJournals.server(POSTGRES.newDatabase(), folder);
        try (var journal = Journal.open(settings, TestJournals.alone("c1"));
                var frozen = journal.reads().getConnection();
                var next = journal.reads().getConnection()) {
            frozen.setAutoCommit(false);
            assertThat(decideFirst(frozen, "frozen")).isEqualTo(1);
            assertThat(decideFirst(next, "next")).as("once the other has lost it").isEqualTo(1);
            assertThatThrownBy(frozen::commit).isInstanceOf(SQLException.class);
        }
    }

    private static int decideFirst(Connection connection, String writer) throws SQLException {
        var sql =
                "INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id,"
                        + " event_ser_manifest, event_payload) VALUES ('Counter|a', 1, ?, 0, '', '')";
        try (var insert = connection.prepareStatement(sql)) {
            insert.setString(1, writer);
            insert.setQueryTimeout(30);
            return insert.executeUpdate();
        }
    }
}
