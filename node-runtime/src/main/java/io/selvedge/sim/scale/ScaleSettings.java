// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import java.time.Duration;

/**
 * The fabric to measure, and for how long.
 *
 * @param nodes all nodes, of which one is the connector
 * @param community the members of one Community; every edge is a member of exactly one
 * @param loss the share of datagrams that never arrive
 * @param idle how long an idle fabric is watched
 * @param partition for how long the fabric is split in two; zero for not at all
 * @param naive every node keeps all records and has random neighbours, instead of the design
 */
public record ScaleSettings(
        int nodes,
        int sites,
        int community,
        double loss,
        long seed,
        Duration idle,
        Duration partition,
        boolean naive) {
    /** More would not find a pod CIDR of its own. */
    public static final int NODES_MAX = 20_000;

    private static final Duration IDLE_MAX = Duration.ofHours(24);

    /**
     * @throws IllegalArgumentException naming the option and the fix
     */
    public ScaleSettings {
        require(
                nodes >= 3 && nodes <= NODES_MAX,
                "--nodes %d: give from 3 to %d".formatted(nodes, NODES_MAX));
        require(
                sites >= 1 && sites < nodes,
                "--sites %d: give from 1 to %d, fewer than --nodes".formatted(sites, nodes - 1));
        require(
                community >= 2 && community < nodes,
                "--community %d: give from 2 to %d, fewer than --nodes"
                        .formatted(community, nodes - 1));
        require(
                loss >= 0 && loss <= 0.9,
                "--loss %s: give a share from 0 to 0.9, such as 0.01, or per cent, such as 1%%"
                        .formatted(loss));
        require(
                idle.compareTo(Duration.ofSeconds(1)) >= 0 && idle.compareTo(IDLE_MAX) <= 0,
                "--duration %s: give from 1s to 24h".formatted(idle));
        require(
                !partition.isNegative() && partition.compareTo(IDLE_MAX) <= 0,
                "--partition-hours %s: give from 0 to 24".formatted(partition.toMinutes() / 60.0));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
