// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class H2JournalTest extends JournalContract {
    @Override
    JournalSettings settings(Path folder) {
        return TestJournals.file(folder);
    }

    @Test
    void whatWasCommittedOutlivesAProcessThatIsKilledAtOnce(@TempDir Path folder) throws Exception {
        var holder = Holder.fork(folder.resolve("journal"));
        holder.destroyForcibly().waitFor();
        try (var journal = Journal.open(TestJournals.file(folder), TestJournals.alone("c1"));
                var connection = journal.reads().getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery("SELECT node FROM authority_seat ORDER BY node")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("c1");
            assertThat(rows.next()).as("the killed process had signed").isTrue();
            assertThat(rows.getString(1)).isEqualTo("other");
        }
    }
}
