// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import static io.selvedge.actors.persistence.TestJournals.alone;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.postgres.Database;
import io.selvedge.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may open a journal, and what the others are told. */
class JournalTest {
    private static final Set<String> THREE = Set.of("c1", "c2", "c3");

    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir private Path folder;

    @Test
    void aFileServesOneProcess() throws Exception {
        var holder = Holder.fork(folder.resolve("journal"));
        try {
            assertRefused(
                    TestJournals.file(folder),
                    alone("c1"),
                    "another process uses h2:" + folder.resolve("journal"),
                    "three or more cloud nodes share");
        } finally {
            holder.destroy();
            holder.waitFor();
        }
        Journal.open(TestJournals.file(folder), alone("c1")).close();
    }

    @Test
    void aFileServesOneNode() {
        assertRefused(
                TestJournals.file(folder),
                TestJournals.of("c1", THREE),
                "a file for one cloud node, but there are 3 (c1, c2, c3)",
                "postgresql://");
        assertThat(folder.resolve("journal")).doesNotExist();
    }

    @Test
    void twoCloudNodesAreRefused() throws Exception {
        assertRefused(
                server(POSTGRES.newDatabase()),
                TestJournals.of("c1", Set.of("c1", "c2")),
                "two cloud nodes (c1, c2) cannot hold the authority",
                "declare one, or at least three");
    }

    @Test
    void threeShareAServerAndNoneOfThemIsAlone() throws Exception {
        var settings = server(POSTGRES.newDatabase());
        try (var first = Journal.open(settings, TestJournals.of("c1", THREE));
                var second = Journal.open(settings, TestJournals.of("c2", THREE))) {
            assertThat(first).hasToString(second.toString());
            assertRefused(settings, alone("c9"), "in use by c1 and c2", "declare at least three");
        }
        try (var _ = Journal.open(settings, alone("c9"))) {
            assertRefused(settings, alone("c8"), "in use by", "but c8 knows of no cloud node");
            assertRefused(
                    settings,
                    TestJournals.of("c1", THREE),
                    "in use by c9, which knows of no other cloud node");
        }
    }

    @Test
    void aDatabaseBelongsToOneFabric() throws Exception {
        var settings = server(POSTGRES.newDatabase());
        Journal.open(settings, alone("c1")).close();
        assertRefused(
                settings,
                new Claim("fabric-2", "c1", new TreeSet<>(Set.of("c1"))),
                "belongs to the fabric 'fabric-1', not to 'fabric-2'");
    }

    @Test
    void aPasswordFileIsItsOwnersAlone() throws Exception {
        var settings = server(POSTGRES.newDatabase());
        var password = folder.resolve("password");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-r-----"));
        assertRefused(settings, alone("c1"), "password-file", "chmod 600 " + password);
        Files.delete(password);
        assertRefused(settings, alone("c1"), "cannot read " + password);
    }

    @Test
    void aServerThatRefusesSaysWhichFieldIsWrong() throws Exception {
        var database = POSTGRES.newDatabase();
        assertRefused(
                server(new Database("127.0.0.1", 1, "d", "u", "p")),
                alone("c1"),
                "selvedge.node.authority.journal: cannot reach postgresql://127.0.0.1:1/d",
                "correct host and port");
        assertRefused(
                server(renamed(database, "nowhere", database.password())),
                alone("c1"),
                "has no database 'nowhere'",
                "createdb -O selvedge nowhere");
        assertRefused(
                server(renamed(database, database.name(), "wrong")),
                alone("c1"),
                "refuses user 'selvedge'",
                "selvedge.node.authority.password-file");
        assertRefused(
                JournalSettings.parse(database.url(), "", folder), alone("c1"), "password-file");
    }

    @Test
    void aDatabaseWithOtherTablesIsLeftAlone() throws Exception {
        var database = POSTGRES.newDatabase();
        execute(database, "CREATE TABLE theirs (x INT)");
        assertRefused(server(database), alone("c1"), "holds other tables");
        execute(database, "DROP TABLE theirs");
        Journal.open(server(database), alone("c1")).close();
    }

    @Test
    void olderNodesRunBesideNewerTablesButNotBesideOthers() throws Exception {
        var database = POSTGRES.newDatabase();
        Journal.open(server(database), alone("c1")).close();
        execute(
                database,
                """
                INSERT INTO schema_history
                  SELECT installed_rank + 1000, '1000', 'later', type, 'V1000__later.sql', 7,
                    installed_by, installed_on, 1, true
                  FROM schema_history WHERE version = '1'
                """);
        Journal.open(server(database), alone("c1")).close();
        execute(database, "UPDATE schema_history SET checksum = 8 WHERE version = '1'");
        assertRefused(server(database), alone("c1"), "are not those of this version");
    }

    private JournalSettings server(Database database) throws IOException {
        return TestJournals.server(database, folder);
    }

    private static Database renamed(Database like, String name, String password) {
        return new Database(like.host(), like.port(), name, like.user(), password);
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (var connection =
                        DriverManager.getConnection(
                                database.jdbcUrl(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void assertRefused(JournalSettings settings, Claim claim, String... says) {
        assertThatThrownBy(() -> Journal.open(settings, claim).close())
                .isInstanceOf(JournalException.class)
                .message()
                .contains(says)
                .hasLineCount(1);
    }
}
