// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Lab;
import io.selvedge.lab.LabException;
import io.selvedge.lab.NodeStatus;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Watches the tunnels of some pairs from both ends: SA ids must stay as they were at the beginning,
 * and no IPsec operation may be for them. Where a tunnel reports its own operations they count;
 * otherwise the driver's, and the cause of each change must name a peer outside the pairs.
 */
final class TunnelWatch {
    private final Lab lab;
    private final Map<String, Set<String>> peers = new TreeMap<>();
    private final Map<String, String> ids = new LinkedHashMap<>();
    private final Map<String, Long> ownOperations = new LinkedHashMap<>();
    private final Map<String, Long> driverOperations = new TreeMap<>();
    private final Set<String> elsewhere = new LinkedHashSet<>();
    private final Set<String> wrong = new LinkedHashSet<>();

    TunnelWatch(Lab lab, Collection<Pairs.Pair> pairs) {
        this.lab = lab;
        for (var pair : pairs) {
            peers.computeIfAbsent(pair.a(), _ -> new LinkedHashSet<>()).add(pair.b());
            peers.computeIfAbsent(pair.b(), _ -> new LinkedHashSet<>()).add(pair.a());
        }
        look();
    }

    /** Compares with what was seen first. */
    void look() {
        peers.forEach((node, others) -> {
            var status = lab.status(node);
            if (status == null) {
                wrong.add(node + " does not answer");
                return;
            }
            boolean each = true;
            for (var other : others) {
                each &= lookAt(status, node, other);
            }
            if (!each) {
                driver(status, node, others);
            }
            routes(status, node);
        });
    }

    /** Whether the tunnel reports its own operations. */
    private boolean lookAt(NodeStatus status, String node, String other) {
        var tunnel = status.tunnel(other);
        var key = node + "-" + other;
        var now = tunnel == null ? "no tunnel" : tunnel.path() + " " + tunnel.ids();
        var before = ids.putIfAbsent(key, now);
        if (before != null && !before.equals(now)) {
            wrong.add("%s changed from %s to %s".formatted(key, before, now));
        }
        if (tunnel == null || tunnel.operations() < 0) {
            return false;
        }
        var first = ownOperations.putIfAbsent(key, tunnel.operations());
        if (first != null && first != tunnel.operations()) {
            wrong.add("%s: %d operations on it".formatted(key, tunnel.operations() - first));
        }
        return true;
    }

    /** A path is a route: when one changes, the ip driver has worked. */
    private void routes(NodeStatus status, String node) {
        var ip = status.operations().get("ip");
        var before = ip == null ? null : driverOperations.put(node + " ip", ip.count());
        if (ip == null || (before != null && before != ip.count())) {
            wrong.add(node + " has changed routes or does not tell");
        }
    }

    private void driver(NodeStatus status, String node, Set<String> others) {
        var ipsec = status.operations().get("ipsec");
        if (ipsec == null) {
            wrong.add(node + " does not report operations of ipsec");
            return;
        }
        var before = driverOperations.put(node, ipsec.count());
        if (before == null || before == ipsec.count()) {
            return;
        }
        elsewhere.add("%s: %s".formatted(node, ipsec.lastCause()));
        boolean forOthers =
                lab.fabric().members().keySet().stream()
                        .filter(peer -> !peer.equals(node) && !others.contains(peer))
                        .anyMatch(ipsec.lastCause()::contains);
        if (!forOthers) {
            wrong.add(
                    "%s: ipsec operations %d to %d, last for '%s'"
                            .formatted(node, before, ipsec.count(), ipsec.lastCause()));
        }
    }

    /** Throws, with all that was seen, unless nothing moved. */
    void check() {
        if (!wrong.isEmpty()) {
            throw new LabException("tunnels were touched:\n    " + String.join("\n    ", wrong));
        }
    }

    String summary() {
        List<String> others = new ArrayList<>(elsewhere);
        return others.isEmpty()
                ? "no ipsec operations"
                : "ipsec operations only for others (" + String.join("; ", others) + ")";
    }
}
