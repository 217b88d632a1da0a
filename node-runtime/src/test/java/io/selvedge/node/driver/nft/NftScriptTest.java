// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.plan.FilterResource;
import io.selvedge.testing.Golden;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NftScriptTest {
    @Test
    void theWholeTable() {
        var counters = Map.of("pair_dropped", new Count(7, 588));
        var planned = elements(new MemoryNftTest().first());
        Golden.assertEquals(
                "nft/table.nft", NftScript.replaceTable(NftContract.SKELETON, planned, counters));
    }

    @Test
    void aChange() {
        var before = Cover.of(elements(new MemoryNftTest().first()));
        var table =
                new NftTable(before, NftScript.SETS, new TreeSet<>(), true, Map.of(), "anything");
        Golden.assertEquals(
                "nft/change.nft", NftScript.change(table, elements(new MemoryNftTest().second())));
        assertThat(NftScript.change(table, elements(new MemoryNftTest().first()))).isEmpty();
    }

    @Test
    void aDeviceNameCannotSmuggleRules() {
        var planned =
                new FilterResource.Skeleton(
                        new TreeSet<>(List.of("x\" accept")), new TreeSet<>(), 1, 2, 3, 4);
        assertThatThrownBy(() -> NftScript.replaceTable(planned, List.of(), Map.of()))
                .hasMessageContaining("is not a device name");
    }

    private static Collection<Element> elements(List<FilterResource> resources) {
        return resources.stream().flatMap(Element::of).toList();
    }
}
