// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabDocumentTest {
    @TempDir Path folder;

    @Test
    void demoIsRead() {
        var topology = Manifests.read(Path.of("../examples/demo/lab.yaml")).topology();
        assertThat(topology.sites()).isEqualTo(Labs.demo().sites());
        assertThat(topology.nodes()).isEqualTo(Labs.demo().nodes());
        assertThat(topology.podsOf("edge1")).hasSize(2);
        assertThat(topology.nodes()).allMatch(node -> !topology.podsOf(node.name()).isEmpty());
    }

    @Test
    void everyMistakeIsToldWithLineFieldAndFix() throws IOException {
        write(
                """
                apiVersion: selvedge.io/v1alpha1
                kind: Lab
                spec:
                  sites:
                    - { name: a, nat: yes, subnet: 192.168.1.0/24 }
                    - { name: b, subnet: 192.168.1.5/24 }
                    - { name: c, subnet: 192.168.1.0/25, color: red }
                  nodes:
                    - { name: edge1, site: a, address: 192.168.1.1 }
                    - { name: edge2, site: z, address: 192.168.1.3 }
                    - { name: Edge3, site: a }
                  pods:
                    - { name: edge1, node: edge1 }
                    - { name: p, node: edge9 }
                  nets: []
                """);
        assertThatThrownBy(() -> Manifests.read(folder).topology())
                .isInstanceOf(LabException.class)
                .hasMessageContaining("lab.yaml:5: spec.sites[0].nat: 'yes'")
                .hasMessageContaining("lab.yaml:6: spec.sites[1].subnet: ")
                .hasMessageContaining("write 192.168.1.0/24")
                .hasMessageContaining("lab.yaml:7: spec.sites[2].color: ")
                .hasMessageContaining("lab.yaml:7: spec.sites[2].subnet: 192.168.1.0/25 overlaps")
                .hasMessageContaining("lab.yaml:9: spec.nodes[0].address: 192.168.1.1 is not free")
                .hasMessageContaining("lab.yaml:10: spec.nodes[1].site: no site is 'z'")
                .hasMessageContaining("lab.yaml:11: spec.nodes[2].name: 'Edge3'")
                .hasMessageContaining("lab.yaml:11: spec.nodes[2].address: is missing")
                .hasMessageContaining("lab.yaml:13: spec.pods[0].name: 'edge1' is taken")
                .hasMessageContaining("lab.yaml:14: spec.pods[1].node: no node is 'edge9'")
                .hasMessageContaining("lab.yaml:15: spec.nets: is not a field");
    }

    @Test
    void theDocumentStandsAloneAndOnce() throws IOException {
        write("kind: Community\n---\nkind: Lab\n");
        assertThatThrownBy(() -> Manifests.read(folder).topology())
                .hasMessageContaining("give it its own file");
        write("kind: Community\n");
        assertThatThrownBy(() -> Manifests.read(folder).topology())
                .hasMessageContaining("exactly one document of kind Lab");
        write("kind: [\n");
        assertThatThrownBy(() -> Manifests.read(folder)).hasMessageContaining("is not YAML");
    }

    @Test
    void namesOfLabsCannotCollide() {
        assertThat(new LabPaths("demo").netns("edge1").name()).isEqualTo("selv-demo-edge1");
        assertThatThrownBy(() -> new LabPaths("a-b")).hasMessageContaining("cannot name a lab");
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("lab.yaml"), text);
    }
}
