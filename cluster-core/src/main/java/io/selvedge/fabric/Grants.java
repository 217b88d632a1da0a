// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The grants that are believed: no two claim the same fabric address or key, or overlapping pod
 * CIDRs. Claims are let in by their order, each unless one that was let in before contradicts it;
 * so the outcome depends on the set of claims alone. Not changed once others see it.
 */
final class Grants {
    private final Map<Subject, Claim<NodeGrant>> claims;
    private final Map<Subject, Claim<NodeGrant>> shutOut;
    private final TreeMap<Subject, Believed<NodeGrant>> believed;
    private final Map<IpAddress, Subject> addresses;
    private final Map<RecordKey, Subject> recordKeys;
    private final Map<IkeKey, Subject> ikeKeys;

    /** Of each grant the CIDRs that no other one of it contains: so all of these are disjoint. */
    private final TreeMap<Cidr, Subject> podCidrs;

    private Grants() {
        claims = new HashMap<>();
        shutOut = new TreeMap<>();
        believed = new TreeMap<>();
        addresses = new HashMap<>();
        recordKeys = new HashMap<>();
        ikeKeys = new HashMap<>();
        podCidrs = new TreeMap<>();
    }

    private Grants(Grants other) {
        claims = new HashMap<>(other.claims);
        shutOut = new TreeMap<>(other.shutOut);
        believed = new TreeMap<>(other.believed);
        addresses = new HashMap<>(other.addresses);
        recordKeys = new HashMap<>(other.recordKeys);
        ikeKeys = new HashMap<>(other.ikeKeys);
        podCidrs = new TreeMap<>(other.podCidrs);
    }

    /** Decides among claims, at most one for a subject. */
    static Grants of(Collection<Claim<NodeGrant>> claims) {
        var grants = new Grants();
        claims.stream()
                .sorted()
                .forEach(claim -> {
                    grants.claims.put(claim.subject(), claim);
                    if (grants.contradicts(claim)) {
                        grants.shutOut.put(claim.subject(), claim);
                    } else {
                        grants.letIn(claim);
                    }
                });
        return grants;
    }

    /**
     * Decides anew after the claims of some subjects changed. Claims that contradict no other, as
     * almost all do, are exchanged at the cost of a copy; for others everything is decided anew.
     */
    Grants with(Map<Subject, Optional<Claim<NodeGrant>>> changes) {
        var next = new Grants(this);
        for (var change : changes.entrySet()) {
            var claim = change.getValue().orElse(null);
            if (!next.exchange(change.getKey(), claim)) {
                var all = new HashMap<>(claims);
                changes.forEach((subject, now) ->
                        now.ifPresentOrElse(
                                one -> all.put(subject, one), () -> all.remove(subject)));
                return of(all.values());
            }
        }
        return next;
    }

    /** The nodes of whose grants something else is believed. */
    SortedSet<Subject> changedSince(Grants before) {
        return Lockstep.differing(before.believed, believed);
    }

    @Nullable Claim<NodeGrant> claim(Subject node) {
        return claims.get(node);
    }

    SortedMap<Subject, Believed<NodeGrant>> believed() {
        return Collections.unmodifiableSortedMap(believed);
    }

    @Nullable Believed<NodeGrant> believed(Subject node) {
        return believed.get(node);
    }

    boolean isConnector(Subject node) {
        var grant = believed.get(node);
        return grant != null && grant.says().isConnector();
    }

    @Nullable Subject nodeAt(IpAddress address) {
        return addresses.get(address);
    }

    @Nullable Subject writerOf(RecordKey key) {
        return recordKeys.get(key);
    }

    /** Puts a claim in the place of another; false when others may have to be decided anew. */
    private boolean exchange(Subject subject, @Nullable Claim<NodeGrant> now) {
        var before = claims.get(subject);
        if (Objects.equals(before, now)) {
            return true;
        }
        if (before != null && !takeOut(before)) {
            return false;
        }
        if (now != null) {
            if (contradicts(now) || anyShutOutContradicts(now)) {
                return false;
            }
            claims.put(subject, now);
            letIn(now);
        }
        return true;
    }

    /** One that was shut out leaves no mark; one that was let in may have shut out others. */
    private boolean takeOut(Claim<NodeGrant> claim) {
        var subject = claim.subject();
        claims.remove(subject);
        if (shutOut.remove(subject) != null) {
            return true;
        }
        var says = claim.says();
        believed.remove(subject);
        addresses.remove(says.fabricAddress());
        recordKeys.remove(says.recordKey());
        ikeKeys.remove(says.ikeKey());
        widest(says).forEach(podCidrs::remove);
        return !anyShutOutContradicts(claim);
    }

    private void letIn(Claim<NodeGrant> claim) {
        var subject = claim.subject();
        var says = claim.says();
        believed.put(subject, claim.believed());
        addresses.put(says.fabricAddress(), subject);
        recordKeys.put(says.recordKey(), subject);
        ikeKeys.put(says.ikeKey(), subject);
        widest(says).forEach(cidr -> podCidrs.put(cidr, subject));
    }

    private boolean contradicts(Claim<NodeGrant> claim) {
        var says = claim.says();
        return addresses.containsKey(says.fabricAddress())
                || recordKeys.containsKey(says.recordKey())
                || ikeKeys.containsKey(says.ikeKey())
                || says.podCidrs().stream().anyMatch(this::overlapsAny);
    }

    private boolean overlapsAny(Cidr cidr) {
        var before = podCidrs.floorKey(cidr);
        var after = podCidrs.ceilingKey(cidr);
        return (before != null && before.overlaps(cidr)) || (after != null && after.overlaps(cidr));
    }

    private boolean anyShutOutContradicts(Claim<NodeGrant> claim) {
        return shutOut.values().stream().anyMatch(other -> contradict(claim.says(), other.says()));
    }

    private static boolean contradict(NodeGrant a, NodeGrant b) {
        return a.fabricAddress().equals(b.fabricAddress())
                || a.recordKey().equals(b.recordKey())
                || a.ikeKey().equals(b.ikeKey())
                || a.podCidrs().stream().anyMatch(x -> b.podCidrs().stream().anyMatch(x::overlaps));
    }

    private static List<Cidr> widest(NodeGrant grant) {
        var widest = new ArrayList<Cidr>();
        for (var cidr : grant.podCidrs()) {
            if (widest.isEmpty() || !widest.getLast().contains(cidr)) {
                widest.add(cidr);
            }
        }
        return widest;
    }
}
