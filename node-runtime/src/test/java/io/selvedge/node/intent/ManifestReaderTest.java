// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Role;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestReaderTest {
    private static final String NODE =
            """
            apiVersion: v1
            kind: Node
            metadata:
              name: edge1
              uid: 5f0c
              labels:
                node-role.kubernetes.io/edge: ""
                selvedge.io/site: plant-a
                topology.kubernetes.io/zone: cn-north-1a
              annotations:
                fabedge.io/node-public-addresses: "10.99.2.2, 2001:db8::2"
            spec:
              podCIDRs: [10.244.1.0/24]
            status: { addresses: [{ type: InternalIP, address: 10.99.2.2 }] }
            """;
    private static final String COMMUNITY =
            """
            apiVersion: fabedge.io/v1alpha1
            kind: Community
            metadata: { name: line-1 }
            spec: { members: [beijing.edge1] }
            """;
    private static final String FABRIC =
            """
            apiVersion: selvedge.io/v1alpha1
            kind: Fabric
            metadata: { name: beijing }
            spec:
              clusterCIDRs: [10.244.0.0/16]
              serviceCIDRs: [10.96.0.0/16]
              connectors: [{ node: cloud1, publicAddresses: [10.99.1.2] }]
            """;

    @Test
    void readsANodeAsKubernetesWritesIt() {
        var declared = (Declaration.OfNode) only(ManifestReader.read("a.yaml", NODE));

        assertThat(declared.node().name()).isEqualTo("edge1");
        assertThat(declared.node().uid()).isEqualTo("5f0c");
        assertThat(declared.node().roles()).containsExactly(Role.EDGE);
        assertThat(declared.node().site()).isEqualTo("plant-a");
        assertThat(declared.node().zone()).isEqualTo("cn-north-1a");
        assertThat(declared.node().region()).isEmpty();
        assertThat(declared.node().podCidrs()).containsExactly(Cidr.parse("10.244.1.0/24"));
        assertThat(declared.node().publicAddresses())
                .containsExactly(IpAddress.parse("10.99.2.2"), IpAddress.parse("2001:db8::2"));
    }

    @Test
    void readsJsonToo() {
        String json =
                """
                {
                \t"apiVersion": "v1", "kind": "Node",
                \t"metadata": { "name": "cloud1", "labels": { "node-role.kubernetes.io/connector": "" } },
                \t"spec": { "podCIDR": "10.244.0.0/24" }
                }
                """;

        var declared = (Declaration.OfNode) only(ManifestReader.read("a.json", json));

        assertThat(declared.node().roles()).containsExactly(Role.CLOUD, Role.CONNECTOR);
        assertThat(declared.node().podCidrs()).containsExactly(Cidr.parse("10.244.0.0/24"));
    }

    @Test
    void readsEveryDocumentOfAFile() {
        String text = String.join("---\n", NODE, COMMUNITY, FABRIC, "# nothing\n", LAB);

        assertThat(ManifestReader.read("all.yaml", text).declarations())
                .extracting(Declaration::title)
                .containsExactly("Node edge1", "Community line-1", "Fabric beijing", "Lab demo");
    }

    private static final String LAB =
            "{apiVersion: selvedge.io/v1alpha1, kind: Lab, metadata: {name: demo}, any: [thing]}\n";

    @Test
    void readsTheWorkedExampleOfTheDesign() {
        var parsed = ManifestReader.read("example.yaml", WORKED_EXAMPLE);

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.declarations())
                .extracting(Declaration::title)
                .containsExactly("Node edge1", "Community all-edge-nodes", "Fabric beijing");
    }

    private static final String WORKED_EXAMPLE =
            """
            apiVersion: v1
            kind: Node
            metadata:
              name: edge1
              uid: 5f0c                            # the source makes one up and keeps it
              labels: { node-role.kubernetes.io/edge: "" , selvedge.io/site: plant-a, topology.kubernetes.io/zone: cn-north-1a }
              annotations: { fabedge.io/node-public-addresses: "10.99.2.2" }
            spec: { podCIDRs: [10.244.1.0/24] }
            status: { addresses: [{ type: InternalIP, address: 10.99.2.2 }] }
            ---
            apiVersion: fabedge.io/v1alpha1
            kind: Community                         # cluster-scoped
            metadata: { name: all-edge-nodes }
            spec: { members: [beijing.edge1, beijing.edge2] }
            ---
            apiVersion: selvedge.io/v1alpha1
            kind: Fabric                            # settings; exactly one
            metadata: { name: beijing }
            spec: { clusterCIDRs: [10.244.0.0/16], serviceCIDRs: [10.96.0.0/16], connectors: [{ node: cloud1, publicAddresses: [10.99.1.2] }] }
            """;

    static Stream<Arguments> bad() {
        return Stream.of(
                bad(NODE, "name: edge1", "name: Edge_1", 4, "metadata.name", "lower-case"),
                bad(NODE, "name: edge1", "name: 1", 4, "metadata.name", "quotes"),
                bad(NODE, "  name: edge1", "  x: y", 4, "metadata.name", "name: edge1"),
                bad(NODE, "uid: 5f0c", "uid: a/b", 5, "metadata.uid", "letters"),
                bad(
                        NODE,
                        "[10.244.1.0/24]",
                        "[10.244.1.1/24]",
                        13,
                        "spec.podCIDRs[0]",
                        "write 10.244.1.0/24"),
                bad(
                        NODE,
                        "[10.244.1.0/24]",
                        "[10.244.1.0/24, 10.244/16]",
                        13,
                        "spec.podCIDRs[1]",
                        "write it as 10.99.2.2"),
                bad(NODE, "[10.244.1.0/24]", "[10.244.1.0]", 13, "spec.podCIDRs[0]", "/24"),
                bad(NODE, "[10.244.1.0/24]", "[10.244.1.0/33]", 13, "spec.podCIDRs[0]", "32"),
                bad(NODE, "[10.244.1.0/24]", "10.244.1.0/24", 13, "spec.podCIDRs", "a list"),
                bad(NODE, "[10.244.1.0/24]", "[]", 13, "spec.podCIDRs", "10.244.1.0/24"),
                bad(NODE, "[10.244.1.0/24]", "[1.5]", 13, "spec.podCIDRs[0]", "quotes"),
                bad(NODE, "podCIDRs: [10", "podCIDR: [10", 13, "spec.podCIDR", "quotes"),
                bad(
                        NODE,
                        "plant-a",
                        "plant a",
                        8,
                        "metadata.labels[\"selvedge.io/site\"]",
                        "letters"),
                bad(
                        NODE,
                        "selvedge.io/site: plant-a",
                        "node-role.kubernetes.io/connector: ''",
                        8,
                        "metadata.labels[\"node-role.kubernetes.io/connector\"]",
                        "keep one"),
                bad(
                        NODE,
                        "10.99.2.2,",
                        "edge1.example,",
                        11,
                        "metadata.annotations[\"fabedge.io/node-public-addresses\"]",
                        "write it as"),
                bad(
                        NODE,
                        "10.99.2.2,",
                        "127.0.0.1,",
                        11,
                        "metadata.annotations[\"fabedge.io/node-public-addresses\"]",
                        "other nodes"),
                bad(NODE, "kind: Node", "kind: Pod", 2, "kind", "Node, Community or Fabric"),
                bad(NODE, "apiVersion: v1", "apiVersion: v2", 1, "apiVersion", "write v1"),
                bad(NODE, "apiVersion: v1", "x: v1", 1, "apiVersion", "add it"),
                bad(NODE, "spec:", "kind: Node\nspec:", 12, "kind", "keep one"),
                bad(NODE, "  podCIDRs: [", "  podCIDRs: {", 13, "", "correct the syntax"),
                bad(NODE, "spec:", "\tspec:", 12, "", "correct the syntax"),
                bad(COMMUNITY, "beijing.edge1", "edge1", 4, "spec.members[0]", "beijing.edge1"),
                bad(COMMUNITY, "members:", "member:", 4, "spec.member", "known here: members"),
                bad(COMMUNITY, "members: [beijing.edge1]", "", 4, "spec.members", "add it"),
                bad(COMMUNITY, "fabedge.io/", "selvedge.io/", 1, "apiVersion", "write fabedge.io/"),
                bad(FABRIC, "beijing", "bei.jing", 3, "metadata.name", "63"),
                bad(FABRIC, "spec:", "specs: {}\nspec:", 4, "specs", "remove it"),
                bad(
                        FABRIC,
                        "[{ node",
                        "[{ public: x, node",
                        7,
                        "spec.connectors[0].public",
                        "remove"),
                bad(
                        FABRIC,
                        "[10.99.1.2]",
                        "[]",
                        7,
                        "spec.connectors[0].publicAddresses",
                        "at least one"),
                bad(FABRIC, "connectors:", pools(16), 7, "spec.podPools[0].maskSize", "one node"),
                bad(FABRIC, "connectors:", pools(33), 7, "spec.podPools[0].maskSize", "one node"),
                bad("# x\n", "", "", 1, "", "remove the file"),
                bad("- x\n", "", "", 1, "", "a mapping"));
    }

    private static String pools(int maskSize) {
        return "podPools: [{ cidr: 10.244.0.0/16, maskSize: %d }]\n  connectors:"
                .formatted(maskSize);
    }

    private static Arguments bad(
            String text, String old, String now, int line, String field, String fix) {
        assertThat(text).contains(old);
        return Arguments.of(text.replace(old, now), line, field, fix);
    }

    @ParameterizedTest
    @MethodSource
    void bad(String text, int line, String field, String fix) {
        var parsed = ManifestReader.read("bad.yaml", text);

        assertThat(parsed.declarations()).isEmpty();
        assertThat(parsed.errors()).hasSize(1);
        var error = parsed.errors().getFirst();
        assertThat(error.file()).isEqualTo("bad.yaml");
        assertThat(error.line()).as(error.toString()).isEqualTo(line);
        assertThat(error.field()).as(error.toString()).isEqualTo(field);
        assertThat(error.fix()).as(error.toString()).contains(fix);
        assertThat(error.problem()).isNotBlank();
    }

    @Test
    void oneBadDocumentHidesNoOther() {
        var parsed =
                ManifestReader.read(
                        "two.yaml", NODE.replace("plant-a", "a b") + "---\n" + COMMUNITY);

        assertThat(parsed.errors()).hasSize(1);
        assertThat(parsed.declarations()).extracting(Declaration::title).hasSize(1);
    }

    private static Declaration only(ManifestReader.Parsed parsed) {
        assertThat(parsed.errors()).isEqualTo(List.of());
        assertThat(parsed.declarations()).hasSize(1);
        return parsed.declarations().getFirst();
    }
}
