// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.check;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Scope;
import io.selvedge.model.Slot;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.Plan;
import io.selvedge.sim.world.SimNode;
import io.selvedge.sim.world.Verdict;
import io.selvedge.sim.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What must come about once faults have stopped. Each question has as its answer what is still
 * missing, in words, or null when nothing is.
 */
public final class Liveness {
    private final World world;
    private final Passage passage;

    public Liveness(World world) {
        this.world = world;
        this.passage = new Passage(world);
    }

    /** The nodes that people want. */
    private List<SimNode> wanted() {
        return world.nodes().stream().filter(node -> world.cloud().wants(node.number())).toList();
    }

    /** Whether no driver holds less than it said it does, unseen: that is a fault until it is. */
    public @Nullable String isTruthful() {
        for (var node : wanted()) {
            if (node.machine().isUndetected()) {
                return "a driver of node %d has not done what it said".formatted(node.number());
            }
        }
        return null;
    }

    /** Whether whoever keeps a scope holds the same of it. */
    public @Nullable String areRecordsEqual() {
        var holders = new TreeMap<Scope, SimNode>();
        for (var node : wanted()) {
            var fabric = node.fabric();
            if (fabric == null) {
                return "node %d has no records open".formatted(node.number());
            }
            var scopes = new TreeSet<>(fabric.records().scopes());
            var kept = fabric.view().subscriptions(node.subject());
            scopes.addAll(kept.all() ? holders.keySet() : kept.scopes());
            for (var scope : scopes) {
                var other = holders.putIfAbsent(scope, node);
                if (other != null && !isEqual(scope, node, other)) {
                    return "of %s, node %d holds %s, and node %d %s"
                            .formatted(
                                    scope,
                                    node.number(),
                                    honest(node, scope).values(),
                                    other.number(),
                                    honest(other, scope).values());
                }
            }
        }
        return null;
    }

    /** Whether where a node is, is believed by itself and by all who keep its scope. */
    public @Nullable String areEndpointsBelieved() {
        for (var node : wanted()) {
            var own = node.fabric();
            if (own == null || !world.notary().isHonest(node.signer().key())) {
                continue;
            }
            var said = own.view().endpoint(node.subject());
            var scope = new Scope.OfNode(node.subject());
            if (said == null) {
                return "node %d does not believe itself".formatted(node.number());
            }
            for (var other : wanted()) {
                var fabric = other.fabric();
                if (fabric != null
                        && fabric.view().subscriptions(other.subject()).covers(scope)
                        && !said.equals(fabric.view().endpoint(node.subject()))) {
                    return "node %d believes of node %d %s"
                            .formatted(
                                    other.number(),
                                    node.number(),
                                    fabric.view().endpoint(node.subject()));
                }
            }
        }
        return null;
    }

    private boolean isEqual(Scope scope, SimNode a, SimNode b) {
        return a.held().digest(scope).equals(b.held().digest(scope))
                || honest(a, scope).equals(honest(b, scope));
    }

    /**
     * What a node holds by honest writers; of others, quotas may leave some here and some there.
     */
    private Map<Slot, Set<String>> honest(SimNode node, Scope scope) {
        var honest = new TreeMap<Slot, Set<String>>();
        for (SignedRecord record : node.held().records(scope)) {
            if (world.notary().isHonest(record.header().writer())) {
                honest.computeIfAbsent(record.slot(), _ -> new TreeSet<>())
                        .add(record + " #" + record.hash().hex().substring(0, 8));
            }
        }
        return honest;
    }

    /** Whether the plans of every two nodes are each other's mirror image, and reached. */
    public @Nullable String arePlansMirrored() {
        var plans = new ArrayList<Plan>();
        for (var node : wanted()) {
            var keeping = node.keeping();
            var plan = keeping == null ? null : keeping.planned();
            if (keeping == null || plan == null || !plan.equals(keeping.reached())) {
                return "node %d has not reached its plan".formatted(node.number());
            }
            plans.add(plan);
        }
        for (var a : plans) {
            for (var b : plans) {
                var there = a.peers().get(b.self());
                var back = b.peers().get(a.self());
                if (!a.self().equals(b.self()) && !isMirrored(there, back)) {
                    return "%s plans %s, and the other end %s".formatted(a.self(), there, back);
                }
            }
        }
        return null;
    }

    private static boolean isMirrored(@Nullable PeerPlan there, @Nullable PeerPlan back) {
        if (there == null || back == null) {
            return there == null && back == null;
        }
        var a = there.connection();
        var b = back.connection();
        if (a == null || b == null) {
            return a == null && b == null;
        }
        return there.kind() == back.kind()
                && a.initiator() != b.initiator()
                && a.localSelectors().equals(b.remoteSelectors())
                && a.remoteSelectors().equals(b.localSelectors())
                && a.localKey().equals(b.remoteKey())
                && a.remoteKey().equals(b.localKey());
    }

    /** Whether the pods of all that people want to talk reach each other. */
    public @Nullable String doPodsReach() {
        var nodes = wanted();
        for (var from : nodes) {
            for (var to : nodes) {
                boolean wanted =
                        from.number() != to.number()
                                && (from.number() == 0
                                        || to.number() == 0
                                        || world.cloud().share(from.number(), to.number()));
                if (wanted) {
                    var packet = passage.packet(from.number(), to.number());
                    var verdict = world.packets().send(from.number(), packet);
                    if (!(verdict instanceof Verdict.Delivered)) {
                        return "pods of node %d do not reach those of node %d: %s"
                                .formatted(from.number(), to.number(), verdict);
                    }
                }
            }
        }
        return null;
    }

    /**
     * Operations given to machines so far, by processes that run; a node that nobody wants may try
     * for ever to come in.
     */
    public long operations() {
        return wanted().stream()
                .map(SimNode::keeping)
                .mapToLong(keeping -> keeping == null ? 0 : keeping.operations())
                .sum();
    }
}
