// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CutPlanTest {
    private static final Topology DEMO = Labs.demo();

    @Test
    void rendersEveryKindOfCut() {
        var cuts =
                List.of(
                        Cut.of("edge1", "edge2"),
                        Cut.of("edge1", "edge4"),
                        Cut.of("edge3", "edge1"),
                        Cut.of("plant-a", "plant-b"),
                        Cut.of("edge2", null),
                        Cut.of("cloud", null));
        assertThat(text(CutPlan.of(DEMO, cuts))).isEqualTo(Labs.resource("cuts.golden"));
    }

    @Test
    void noCutsEmptyEveryTable() {
        assertThat(CutPlan.of(DEMO, List.of()).scripts())
                .containsOnlyKeys("box-cloud", "box-edge4", "box-plant-a", "box-plant-b", "wan")
                .allSatisfy((_, script) -> assertThat(script).doesNotContain("drop"));
    }

    @Test
    void orderAndDirectionDoNotMatter() {
        assertThat(CutPlan.of(DEMO, List.of(Cut.of("edge1", "edge2"), Cut.of("cloud", null))))
                .isEqualTo(
                        CutPlan.of(DEMO, List.of(Cut.of("cloud", null), Cut.of("edge2", "edge1"))));
    }

    @Test
    void nodeFromItsOwnSiteIsFromEachNodeThere() {
        assertThat(CutPlan.of(DEMO, List.of(Cut.of("edge1", "plant-a"))))
                .isEqualTo(CutPlan.of(DEMO, List.of(Cut.of("edge1", "edge2"))));
    }

    @Test
    void unknownNameSaysWhatThereIs() {
        assertThatThrownBy(() -> CutPlan.of(DEMO, List.of(Cut.of("edge9", null))))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("'edge9'")
                .hasMessageContaining("edge3")
                .hasMessageContaining("plant-a");
        assertThatThrownBy(() -> Cut.of("edge1", "edge1")).hasMessageContaining("itself");
    }

    private static String text(CutPlan plan) {
        return plan.scripts().entrySet().stream()
                .map(entry -> "# " + entry.getKey() + "\n" + entry.getValue())
                .collect(Collectors.joining());
    }
}
