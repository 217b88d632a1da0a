// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.actors.persistence.JournalSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings of a node: defaults, and what is said when they are wrong. */
class NodeSettingsTest {
    private static final String LEAST =
            "selvedge.node { name = edge1, data-dir = /d, enrolment = /e }\n";

    @TempDir private Path folder = Path.of("");

    @Test
    void referenceConfHasTheseDefaults() throws IOException {
        assertThat(load(LEAST))
                .isEqualTo(
                        new NodeSettings(
                                "edge1",
                                Path.of("/d"),
                                Path.of("/e"),
                                7946,
                                new NodeSettings.LanSettings(7947),
                                7948,
                                2551,
                                "selvedge0",
                                "auto",
                                Path.of("/usr/sbin/charon-systemd"),
                                Path.of("/etc/cni/net.d"),
                                "cni0",
                                Path.of("/var/lib/cni/networks"),
                                new NodeSettings.Reconcile(
                                        Duration.ofSeconds(30),
                                        Duration.ofMillis(500),
                                        Duration.ofSeconds(30)),
                                1 << 20,
                                new JournalSettings.H2(Path.of("/d/journal")),
                                Path.of("/e/authority.key"),
                                2552,
                                null));
    }

    @Test
    void thePublishingNodeHasThreeFolders() throws IOException {
        var settings =
                load(
                        LEAST
                                + "selvedge.node.intent { folder = /f, registrations = /r, state = /s }");
        assertThat(settings.intent())
                .isEqualTo(
                        new NodeSettings.IntentSettings(
                                Path.of("/f"), Path.of("/r"), Path.of("/s")));
    }

    @Test
    void oneSettingMovesTheJournalToAServer() throws IOException {
        var settings =
                load(
                        LEAST
                                + """
                                selvedge.node.authority {
                                  journal = "postgresql://db.example.org/fabric?user=op"
                                  password-file = /etc/selvedge/journal.password
                                }
                                """);
        assertThat(settings.journal())
                .hasToString("postgresql://db.example.org:5432/fabric?user=op");
        assertThatThrownBy(() -> load(LEAST + "selvedge.node.authority.journal = oracle"))
                .hasMessageContaining("selvedge.node.authority.journal is 'oracle'");
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> load("selvedge.node { data-dir = /d, enrolment = /e }"))
                .hasMessageContaining("selvedge.node.name must be set");
        assertThatThrownBy(() -> load(LEAST + "selvedge.node.control-port = 70000"))
                .hasMessageContaining("selvedge.node.control-port must be a port from 1 to 65535");
        assertThatThrownBy(() -> load(LEAST + "selvedge.node.reconcile.interval = 0s"))
                .hasMessageContaining("selvedge.node.reconcile.interval must be above zero");
        assertThatThrownBy(() -> load(LEAST + "selvedge.node.intent { folder = /f }"))
                .hasMessageContaining("intent.registrations");
        assertThatThrownBy(() -> load("selvedge.node { name = "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NodeSettings.load(folder.resolve("none.conf")))
                .hasMessageContaining("no such file");
    }

    private NodeSettings load(String text) throws IOException {
        return NodeSettings.load(Files.writeString(folder.resolve("node.conf"), text));
    }
}
