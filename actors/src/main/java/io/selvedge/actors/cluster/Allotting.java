// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import io.selvedge.actors.cluster.ClusterCommand.Allocate;
import io.selvedge.actors.cluster.ClusterEvent.AddressGiven;
import io.selvedge.actors.cluster.ClusterEvent.KeysClaimed;
import io.selvedge.actors.cluster.ClusterEvent.PodsClaimed;
import io.selvedge.actors.cluster.ClusterEvent.PodsGiven;
import io.selvedge.actors.cluster.ClusterState.Founded;
import io.selvedge.actors.cluster.ClusterState.Member;
import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.node.Allocation;
import io.selvedge.actors.node.Claim;
import io.selvedge.actors.node.NodeCommand;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.model.Cidr;
import io.selvedge.model.Intent.PodPool;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How the Cluster answers a claim: with the whole of it, or with a reason and nothing. It hears the
 * same claim again, after a crash or for a lost answer, and gives the same.
 */
final class Allotting {
    /** The host number of the first fabric address; those below are left to people. */
    private static final long FIRST_ADDRESS = 10;

    private final Founded state;
    private final Holdings holdings;
    private final String uid;
    private final Mandate mandate;
    private final Claim claim;
    private final List<ClusterEvent> events = new ArrayList<>();

    Allotting(Founded state, Allocate allocate) {
        this.state = state;
        this.holdings = state.holdings();
        this.uid = allocate.uid();
        this.mandate = allocate.mandate();
        this.claim = allocate.claim();
    }

    Decision<ClusterEvent> decide() {
        var member = state.members().get(claim.name());
        if (member == null || !isOf(member) || isOvertaken()) {
            return Decision.nothing();
        }
        String problem = takenByOthers();
        var address = holdings.addresses().get(uid);
        if (problem == null && address == null) {
            address = holdings.nextAddress(FIRST_ADDRESS);
            if (address == null) {
                problem =
                        "node %s gets no address: %s is used up; start a new fabric for more nodes"
                                .formatted(claim.name(), holdings.fabricCidr());
            } else {
                events.add(new AddressGiven(uid, address));
            }
        }
        if (problem != null || address == null) {
            return answer(List.of(), new NodeCommand.Refuse(claim, String.valueOf(problem)));
        }
        return allot(address);
    }

    private boolean isOf(Member member) {
        return member.wanted() && member.uid().equals(uid) && member.revision() == claim.admitted();
    }

    /**
     * Also by a new epoch: who claimed before a backup was restored is wanted anew, and claims
     * anew, once the fabric has told what was given since.
     */
    private boolean isOvertaken() {
        return mandate.epoch() < state.stand().epoch()
                || mandate.isBefore(holdings.claims().getOrDefault(uid, Mandate.NONE));
    }

    private Decision<ClusterEvent> allot(IpAddress address) {
        var pods = claim.podCidrs().isEmpty() ? fromPools() : claimed();
        if (pods == null) {
            String problem =
                    "node %s gets no pod CIDR: the pools are used up; add one to the Fabric"
                            .formatted(claim.name());
            return answer(List.of(), new NodeCommand.Refuse(claim, problem));
        }
        var keys = claim.keys();
        if (keys != null && !uid.equals(holdings.recordKeys().get(keys.recordKey()))) {
            events.add(new KeysClaimed(uid, keys));
        } else if (keys != null && !uid.equals(holdings.ikeKeys().get(keys.ikeKey()))) {
            events.add(new KeysClaimed(uid, keys));
        }
        return answer(events, new NodeCommand.Grant(claim, new Allocation(address, pods)));
    }

    private @Nullable String takenByOthers() {
        var keys = claim.keys();
        if (keys != null && isKeyOfAnother(keys)) {
            return "node %s is registered with a key of another node; register keys of its own"
                    .formatted(claim.name());
        }
        for (var cidr : Holdings.widest(claim.podCidrs())) {
            for (var sharer : holdings.sharers(cidr).entrySet()) {
                if (!sharer.getValue().uid().equals(uid)) {
                    return "pod CIDR %s of node %s overlaps %s of node %s; give it one of its own"
                            .formatted(cidr, claim.name(), sharer.getKey(), nameOf(sharer));
                }
                if (sharer.getValue().forEver() && !sharer.getKey().contains(cidr)) {
                    return "pod CIDR %s of node %s is wider than %s, which it was given; write that one, or another"
                            .formatted(cidr, claim.name(), sharer.getKey());
                }
            }
        }
        return null;
    }

    private boolean isKeyOfAnother(NodeKeys keys) {
        return !holdings.recordKeys().getOrDefault(keys.recordKey(), uid).equals(uid)
                || !holdings.ikeKeys().getOrDefault(keys.ikeKey(), uid).equals(uid);
    }

    private String nameOf(Map.Entry<Cidr, Holdings.Pods> sharer) {
        String holder = sharer.getValue().uid();
        return state.members().entrySet().stream()
                .filter(member -> member.getValue().uid().equals(holder))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(holder);
    }

    /** Those of the manifest; what was given from a pool stays given. */
    private SortedSet<Cidr> claimed() {
        var own = holdings.podsOf(uid, true);
        var wanted = new TreeSet<>(Holdings.widest(claim.podCidrs()));
        wanted.removeIf(cidr -> own.stream().anyMatch(given -> given.contains(cidr)));
        if (!wanted.equals(holdings.podsOf(uid, false))) {
            events.add(new PodsClaimed(uid, mandate, wanted));
        }
        return claim.podCidrs();
    }

    /** One of each family that has a pool; null when a family has nothing left. */
    private @Nullable SortedSet<Cidr> fromPools() {
        if (!holdings.podsOf(uid, false).isEmpty()) {
            events.add(new PodsClaimed(uid, mandate, new TreeSet<>()));
        }
        var pods = holdings.podsOf(uid, true);
        if (!claim.edge() || state.intent() == null) {
            return pods;
        }
        for (boolean isV6 : new boolean[] {false, true}) {
            var pools =
                    state.intent().podPools().stream()
                            .filter(pool -> pool.cidr().isV6() == isV6)
                            .toList();
            if (!pools.isEmpty() && pods.stream().noneMatch(cidr -> cidr.isV6() == isV6)) {
                var next = next(pools);
                if (next == null) {
                    return null;
                }
                events.add(new PodsGiven(uid, next));
                pods.add(next);
            }
        }
        return pods;
    }

    private @Nullable Cidr next(List<PodPool> pools) {
        for (var pool : pools) {
            var next = holdings.nextPods(pool.cidr(), pool.maskSize());
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    private Decision<ClusterEvent> answer(List<ClusterEvent> decided, NodeCommand answer) {
        var node = new Subject(state.cluster(), uid).toString();
        var problems =
                answer instanceof NodeCommand.Refuse(_, var why) ? List.of(why) : List.<String>of();
        return new Decision<>(decided, List.of(new Tell(node, answer)), problems);
    }
}
