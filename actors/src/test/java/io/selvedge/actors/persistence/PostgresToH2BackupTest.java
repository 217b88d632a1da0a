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

class PostgresToH2BackupTest extends BackupContract {
    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @Override
    JournalSettings to(Path folder) {
        return TestJournals.file(folder);
    }

    @Override
    JournalSettings from(Path folder) throws IOException {
        return TestJournals.server(POSTGRES.newDatabase(), Files.createDirectories(folder));
    }

    /** An H2 file has one process, which is asked for the backup. */
    @Test
    void aFileIsExportedWhileAnotherProcessHasItAndFilledWhenThatEnded() throws Exception {
        var to = to(folder.resolve("to"));
        fill(to, lived());
        var holder = Holder.fork(folder.resolve("to").resolve("journal"));
        try {
            assertThat(rows(export(to))).hasSize(lived().size());
            assertThatThrownBy(() -> fill(to, lived()))
                    .isInstanceOfSatisfying(
                            JournalException.class,
                            refused -> assertThat(refused.isInUse()).isTrue());
        } finally {
            holder.destroyForcibly().waitFor();
        }
        assertThat(rows(export(to))).as("its socket is left").hasSize(lived().size());
    }
}
