// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.check;

import io.selvedge.model.Cidr;
import io.selvedge.plan.FilterResource;
import io.selvedge.plan.FilterResource.Pair;
import io.selvedge.plan.IpResource;
import io.selvedge.sim.ike.Packet;
import io.selvedge.sim.world.Broken;
import io.selvedge.sim.world.SimNode;
import io.selvedge.sim.world.Verdict;
import io.selvedge.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What packets may do: pass between whom the records of both ends allow, and never leave in clear.
 */
final class Passage {
    private final World world;
    private final List<Cidr> pods = new ArrayList<>();

    /** Whether a node may let such packets pass. */
    @FunctionalInterface
    interface Permission {
        boolean allows(int node, Pair pair);
    }

    Passage(World world) {
        this.world = world;
        for (var node : world.nodes()) {
            pods.add(Cidr.parse("10.244." + node.number() + ".0/24"));
        }
    }

    void check(SimNode node, Permission permission) {
        failsClosed(node);
        for (var other : world.nodes()) {
            if (other.number() != node.number()) {
                check(node.number(), other.number(), permission);
                check(other.number(), node.number(), permission);
            }
        }
    }

    private void check(int from, int to, Permission permission) {
        if (world.nodes().get(from).machine().tables().pods().isEmpty()) {
            return;
        }
        switch (world.packets().send(from, packet(from, to))) {
            case Verdict.Dropped _ -> {}
            case Verdict.Leaked(var at) -> {
                if (!world.nodes().get(at).machine().isBlindlyOpen()) {
                    throw new Broken(
                            "fail closed",
                            "a packet from a pod of node %d to one of node %d leaves node %d in clear"
                                    .formatted(from, to, at));
                }
            }
            case Verdict.Delivered _ -> {
                var pair = new Pair(pods.get(from), pods.get(to));
                for (int end : new int[] {from, to}) {
                    if (!permission.allows(end, pair)) {
                        throw new Broken(
                                "no path between strangers",
                                "pods of node %d reach pods of node %d, and no record that node %d holds allows it"
                                        .formatted(from, to, end));
                    }
                }
            }
        }
    }

    Packet packet(int from, int to) {
        return new Packet(
                pods.get(from).address(5), pods.get(to).address(5), Packet.Kind.POD, 100, null);
    }

    /** Wherever pods can be, what closes stands. */
    private void failsClosed(SimNode node) {
        var machine = node.machine();
        if (machine.cni().standing().isEmpty() || machine.isLying()) {
            return;
        }
        var closed = new TreeSet<String>();
        boolean filtered = false;
        for (var resource : machine.ip().standing()) {
            if (resource instanceof IpResource.Unreachable(var to)) {
                closed.add(to.toString());
            }
        }
        for (var resource : machine.filter().standing()) {
            filtered |= resource instanceof FilterResource.Skeleton;
            if (resource instanceof FilterResource.Cluster(var cidr)
                    && !closed.contains(cidr.toString())) {
                filtered = false;
            }
        }
        if (!filtered || closed.size() < 2) {
            throw new Broken(
                    "fail closed",
                    "node %d has a pod network, and unreachable are only %s, filter %s"
                            .formatted(node.number(), closed, filtered ? "stands" : "does not"));
        }
    }
}
