// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real network of two NAT sites and two public ones, without nodes on it. Needs root. */
class LabNetworkIT {
    private static final LabPaths PATHS = new LabPaths("labnetit");
    private static final LabNetwork NETWORK = new LabNetwork(PATHS, Labs.demo());
    private static final ClearTextCounters COUNTERS =
            new ClearTextCounters(PATHS, Labs.demo(), Labs.guarded());

    @BeforeAll
    static void up() {
        LabNetwork.down(PATHS);
        NETWORK.up();
        COUNTERS.install();
    }

    @AfterAll
    static void down() {
        LabNetwork.down(PATHS);
        assertThat(Netns.startingWith(PATHS.namespacePrefix())).isEmpty();
    }

    @AfterEach
    void heal() {
        NETWORK.cut(List.of());
    }

    @Test
    void underlayIsAsAtHome() {
        assertThat(answers("edge1", "192.168.50.12")).as("the LAN").isTrue();
        assertThat(answers("edge1", "10.99.1.2")).as("out through NAT").isTrue();
        assertThat(answers("edge4", "10.99.1.2")).as("public to public").isTrue();
        assertThat(answers("cloud1", "10.98.2.2")).as("unsolicited to the box").isFalse();
        assertThat(answers("edge4", "192.168.50.11")).as("unsolicited to the LAN").isFalse();
        assertThat(answers("edge1", "192.168.60.13")).as("from NAT to NAT").isFalse();
    }

    @Test
    void cutOnOneLanLeavesTheRest() {
        NETWORK.cut(List.of(Cut.of("edge2", "edge1")));
        assertThat(answers("edge1", "192.168.50.12")).isFalse();
        assertThat(answers("edge2", "192.168.50.11")).isFalse();
        assertThat(answers("edge1", "10.99.1.2")).isTrue();
        assertThat(answers("edge2", "10.99.4.2")).isTrue();
        NETWORK.cut(List.of());
        assertThat(answers("edge1", "192.168.50.12")).isTrue();
    }

    @Test
    void cutAcrossSitesLeavesTheRest() {
        NETWORK.cut(List.of(Cut.of("edge1", "edge4")));
        assertThat(answers("edge1", "10.99.4.2")).isFalse();
        assertThat(answers("edge2", "10.99.4.2")).isTrue();
        assertThat(answers("edge1", "10.99.1.2")).isTrue();
        assertThat(answers("edge1", "192.168.50.12")).isTrue();
    }

    @Test
    void cutOfSiteAndOfNodeIsFromEverything() {
        NETWORK.cut(List.of(Cut.of("cloud", null), Cut.of("edge2", null)));
        assertThat(answers("edge1", "10.99.1.2")).isFalse();
        assertThat(answers("edge4", "10.99.1.2")).isFalse();
        assertThat(answers("edge1", "192.168.50.12")).isFalse();
        assertThat(answers("edge2", "192.168.50.1")).as("its own box").isFalse();
        assertThat(answers("edge1", "10.99.4.2")).isTrue();
    }

    @Test
    void clearTextIsCountedWhereverItPasses() {
        assertThat(ClearTextCounters.total(COUNTERS.read())).as("after the canaries").isZero();
        answers("edge3", "10.244.1.7");
        assertThat(COUNTERS.read())
                .containsEntry("box-plant-b frames", 1L)
                .containsEntry("box-plant-b from-lan", 1L)
                .containsEntry("wan router", 1L)
                .containsEntry("box-plant-a from-wan", 0L);
        PATHS.netns(Topology.WAN).must("nft", "reset", "counters");
        PATHS.netns("box-plant-b").must("nft", "reset", "counters");
    }

    private static boolean answers(String from, String to) {
        var ping = List.of("ping", "-n", "-c", "1", "-W", "0.5", to);
        return Exec.run(PATHS.netns(from).command(ping), "").code() == 0;
    }
}
