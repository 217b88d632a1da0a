// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class H2ToPostgresBackupTest extends BackupContract {
    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @Override
    JournalSettings from(Path folder) {
        return TestJournals.file(folder);
    }

    @Override
    JournalSettings to(Path folder) throws IOException {
        return TestJournals.server(POSTGRES.newDatabase(), Files.createDirectories(folder));
    }

    @Test
    void anImportWaitsForTheAuthorityToEnd() throws Exception {
        var to = to(folder.resolve("to"));
        try (var _ = Journal.open(to, TestJournals.alone("c1"))) {
            assertThatThrownBy(() -> fill(to, lived()))
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            refused -> assertThat(refused.isInUse()).isTrue());
        }
        fill(to, lived());
        assertThat(rows(export(to))).hasSize(lived().size());
    }
}
