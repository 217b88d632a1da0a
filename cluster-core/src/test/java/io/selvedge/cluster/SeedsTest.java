// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.IpAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedsTest {
    private static final IpAddress C1 = IpAddress.parse("100.71.0.9");
    private static final IpAddress C2 = IpAddress.parse("100.71.0.10");
    private static final IpAddress E1 = IpAddress.parse("100.71.0.1");
    private static final IpAddress E2 = IpAddress.parse("100.71.0.2");

    private final Seeds seeds = new Seeds(List.of(C2, C1), List.of(E2, E1, C1));

    @Test
    void theLowestCloudNodeMayFormTheClusterAndAsksEverybodyFirst() {
        assertThat(seeds.orderFor(C1, true, true, 9)).containsExactly(C1, C2, E1, E2);
    }

    @Test
    void anotherCloudNodeIsNeverFirst() {
        assertThat(seeds.orderFor(C1, true, false, 9)).containsExactly(C2, E1, E2);
        assertThat(seeds.orderFor(C2, true, true, 9)).containsExactly(C1, E1, E2);
    }

    @Test
    void anEdgeAsksTheCloudAloneAndNeverItself() {
        assertThat(seeds.orderFor(E1, false, true, 9)).containsExactly(C1, C2);
        assertThat(new Seeds(List.of(E1), List.of()).orderFor(E1, false, true, 9)).isEmpty();
    }

    @Test
    void knownMembersAreAskedUpToALimit() {
        assertThat(seeds.orderFor(C1, true, true, 1)).containsExactly(C1, C2, E1);
    }

    @Test
    void aCloudNodeThatItsRecordsDoNotNameYetStillCountsItself() {
        assertThat(new Seeds(List.of(), List.of()).orderFor(C1, true, true, 9)).containsExactly(C1);
    }
}
