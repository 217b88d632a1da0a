// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.check;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload.Community;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Subject;
import io.selvedge.plan.FilterResource.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads records in the plainest way: what the authority said, of whom it did not revoke. Knows
 * nothing of how the code that ships does it, and allows more than that may: never less.
 */
final class Oracle {
    private final RecordKey authority;
    private final Map<Bytes, Optional<Statement>> read = new HashMap<>();

    Oracle(RecordKey authority) {
        this.authority = authority;
    }

    /**
     * What a node may do by the records that it holds.
     *
     * @param pairs the pairs of prefixes between which packets may pass it
     * @param revoked keys that nobody may use
     * @param grants by node
     */
    record Reading(Set<Pair> pairs, Set<RecordKey> revoked, Map<Subject, NodeGrant> grants) {}

    Reading read(Subject self, RecordSet held) {
        var said = said(held);
        var revoked = new HashSet<RecordKey>();
        var grants = new TreeMap<Subject, NodeGrant>();
        var members = new TreeMap<String, Community>();
        for (var statement : said) {
            if (statement.payload() instanceof Revocation(var key, _)) {
                revoked.add(key);
            }
        }
        for (var statement : said) {
            switch (statement.payload()) {
                case NodeGrant grant when !revoked.contains(grant.recordKey()) ->
                        grants.put(statement.header().subject(), grant);
                case Community community -> members.put(community.name(), community);
                default -> {}
            }
        }
        var pairs = new HashSet<Pair>();
        var own = grants.get(self);
        if (own != null) {
            grants.forEach((a, from) ->
                    grants.forEach((b, to) -> {
                        boolean mine = a.equals(self) || b.equals(self) || own.isConnector();
                        if (mine && mayTalk(a, from, b, to, members)) {
                            addPairs(pairs, from, to);
                        }
                    }));
        }
        return new Reading(pairs, revoked, grants);
    }

    /** What the authority said, where it did not contradict itself. */
    private List<Statement> said(RecordSet held) {
        var bySlot = new HashMap<Object, List<SignedRecord>>();
        for (var record : held.records()) {
            if (record.header().writer().equals(authority)) {
                bySlot.computeIfAbsent(record.slot(), _ -> new ArrayList<>()).add(record);
            }
        }
        var said = new ArrayList<Statement>();
        for (var records : bySlot.values()) {
            if (records.size() == 1) {
                var record = records.getFirst();
                read.computeIfAbsent(record.hash(), _ -> record.statement()).ifPresent(said::add);
            }
        }
        return said;
    }

    private static boolean mayTalk(
            Subject a, NodeGrant from, Subject b, NodeGrant to, Map<String, Community> members) {
        if (a.equals(b) || !from.isEdge() || !to.isEdge()) {
            return true;
        }
        for (var community : from.communities()) {
            var listed = members.get(community);
            if (to.communities().contains(community)
                    && listed != null
                    && listed.members().contains(a)
                    && listed.members().contains(b)) {
                return true;
            }
        }
        return false;
    }

    private static void addPairs(Set<Pair> pairs, NodeGrant from, NodeGrant to) {
        for (Cidr source : from.podCidrs()) {
            for (Cidr destination : to.podCidrs()) {
                pairs.add(new Pair(source, destination));
            }
        }
    }
}
