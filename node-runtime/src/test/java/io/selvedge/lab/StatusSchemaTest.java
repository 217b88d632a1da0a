// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusSchemaTest {
    private static final String NODE = Labs.resource("status-edge1.json");

    @Test
    void aNodesOwnStatusIsAsTheSchemaSays() {
        assertThat(Schemas.violations("status.schema.json", NODE)).isEmpty();
    }

    @Test
    void aLabWithANodeDownIsAsTheSchemaSays() throws IOException {
        var member =
                new Fabric.Member("edge9", List.of("edge"), "plant-a", "100.71.0.19", List.of());
        var known =
                new Fabric.Member("edge1", List.of("edge"), "plant-a", "100.71.0.11", List.of());
        var fabric =
                new Fabric(
                        "cloud1",
                        Labs.guarded(),
                        new TreeMap<>(Map.of("edge9", member, "edge1", known)));
        var nodes = new LinkedHashMap<String, @Nullable NodeStatus>();
        nodes.put("edge1", NodeStatus.of(JSON.std.mapFrom(NODE)));
        nodes.put("edge9", null);
        var status = new LabStatus("lab", fabric, nodes, List.of("cloud", "edge1 edge4"), 0);
        assertThat(Schemas.violations("status.schema.json", status.json())).isEmpty();
        assertThat(status.table())
                .contains("edge9  edge   plant-a  100.71.0.19  down")
                .contains("edge2 lan, edge4 relay (connecting)")
                .contains("refused by edge1: 1 bad-signature, 3 rate\n")
                .contains("cut: cloud; edge1 edge4");
    }

    @ParameterizedTest
    @CsvSource({
        "\"state\": \"up\", \"state\": \"maybe\"",
        "\"path\": \"lan\", \"path\": \"sideways\"",
        "\"converged\": true, \"converged\": \"yes\"",
        "\"jvm\": 31.5, \"jvm\": -1",
        "\"count\": 12, \"count\": -1",
        "\"depth\": 2, \"depth\": -2",
        "\"acknowledged\": 17, \"acknowledged\": null",
        "\"fabricAddress\", \"fabricAdress\""
    })
    void aWrongStatusIsNot(String right, String wrong) {
        assertThat(NODE).contains(right);
        assertThat(Schemas.violations("status.schema.json", NODE.replace(right, wrong)))
                .isNotEmpty();
    }

    @Test
    void statusIsReadAsFarAsTheLabNeedsIt() throws IOException {
        var status = NodeStatus.of(JSON.std.mapFrom(NODE));
        assertThat(status.node()).isEqualTo("edge1");
        assertThat(status.converged()).isTrue();
        var lan = Objects.requireNonNull(status.tunnel("edge2"));
        assertThat(lan.isDirect()).isTrue();
        assertThat(lan.ids()).isEqualTo("ike 3 child 2");
        assertThat(lan.operations()).isEqualTo(-1);
        assertThat(status.operations()).containsKeys("ip", "nft", "cni", "ipsec");
        assertThat(status.operations().get("nft")).isEqualTo(new NodeStatus.Operations(12, "why"));
        assertThat(status.refusals()).containsEntry("rate", 3L).hasSize(2);
        assertThat(status.tunnel("edge3")).isNull();
    }
}
