// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.selvedge.actors.persistence.JournalSettings.H2;
import io.selvedge.actors.persistence.JournalSettings.PostgreSql;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalSettingsTest {
    private static final Path DATA = Path.of("/var/lib/selvedge");

    @ParameterizedTest
    @CsvSource({
        "h2, /var/lib/selvedge/journal",
        "h2:, /var/lib/selvedge/journal",
        "h2:/srv/j, /srv/j"
    })
    void aFileLiesInTheDataFolderOrWhereTheSettingSays(String journal, Path folder) {
        assertThat(parse(journal, "")).isEqualTo(new H2(folder));
    }

    @Test
    void aServerIsReadInFull() {
        var settings = parse("postgresql://localhost/fabric?user=op&currentSchema=one", "/etc/pw");
        assertThat(settings)
                .isInstanceOfSatisfying(
                        PostgreSql.class,
                        server -> {
                            assertThat(server.host()).isEqualTo("localhost");
                            assertThat(server.port()).isEqualTo(5432);
                            assertThat(server.database()).isEqualTo("fabric");
                            assertThat(server.user()).isEqualTo("op");
                            assertThat(server.options()).containsOnlyKeys("currentSchema");
                            assertThat(server.passwordFile()).isEqualTo(Path.of("/etc/pw"));
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.3.2.1:99", "[::1]:5432"})
    void onLoopbackNothingIsEncrypted(String host) {
        assertThat(((PostgreSql) parse("postgresql://" + host + "/d?user=u", "")).options())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"db.example.org", "192.0.2.7:5432", "[2001:db8::1]"})
    void overANetworkTheServerMustProveItself(String host) {
        assertThat(((PostgreSql) parse("postgresql://" + host + "/d?user=u", "")).options())
                .containsEntry("sslmode", "verify-full");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgresql://db/d?user=u&sslmode=disable | sslmode=disable",
                "postgresql://db/d?user=u&sslmode=require | use sslmode=verify-full",
                "postgresql://db/d | append ?user=name",
                "postgresql://db?user=u | names no database",
                "postgresql:///d?user=u | names no host",
                "postgresql://u:secret@db/d?user=u | file of mode 600",
                "postgresql://db/d?user=u&password=x | file of mode 600",
                "postgresql://db/d?user=u&fetchsize=1 | knows no 'fetchsize'",
                "postgresql://db/d?user | name=value",
                "mysql://db/d | must be h2, h2:<folder> or postgresql://",
                "postgresql://d b/ | Illegal character"
            })
    void whatIsWrongIsNamedWithItsField(String journal, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse(journal, ""))
                .withMessageStartingWith("selvedge.node.authority.journal ")
                .withMessageContaining(problem);
    }

    @Test
    void aFileHasNoPassword() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("h2", "/etc/pw"))
                .withMessageContaining("leave selvedge.node.authority.password-file empty");
    }

    private static JournalSettings parse(String journal, String passwordFile) {
        return JournalSettings.parse(journal, passwordFile, DATA);
    }
}
