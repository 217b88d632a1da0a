// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.node.NodeSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigTest {
    private static final LabPaths PATHS = new LabPaths("demo");

    @TempDir Path folder;

    @Test
    void aNodeReadsWhatTheLabWrites() throws IOException {
        var edge = load("edge1", false);
        assertThat(edge.name()).isEqualTo("edge1");
        assertThat(edge.dataDir()).isEqualTo(PATHS.data("edge1"));
        assertThat(edge.dataDir().resolve("charon/charon.vici").toString().length())
                .isLessThan(108);
        assertThat(edge.cniConfDir()).isEqualTo(PATHS.conflists("edge1"));
        assertThat(edge.intent()).isNull();
        assertThat(load("cloud1", true).intent())
                .isEqualTo(
                        new NodeSettings.IntentSettings(
                                PATHS.intent(), PATHS.registrations(), PATHS.authority("cloud1")));
    }

    private NodeSettings load(String node, boolean publishes) throws IOException {
        var file = folder.resolve(node + ".conf");
        Files.writeString(file, NodeConfig.text(PATHS, node, publishes));
        return NodeSettings.load(file);
    }
}
