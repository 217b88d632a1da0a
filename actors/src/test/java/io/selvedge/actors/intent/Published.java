// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.intent;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Payload.Roster;
import io.selvedge.model.Scope;
import io.selvedge.model.Slot;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was ever published, seen by those who hold all of it. */
public final class Published {
    private Published() {}

    static Collection<SignedRecord> newest(Collection<SignedRecord> records) {
        var newest = new TreeMap<Slot, SignedRecord>();
        records.forEach(record ->
                newest.merge(
                        record.slot(),
                        record,
                        (a, b) -> a.version().compareTo(b.version()) > 0 ? a : b));
        return newest.values();
    }

    static void assertNobodyEquivocates(List<SignedRecord> records) {
        var bodies = new HashMap<String, SignedRecord>();
        for (var record : records) {
            var before = bodies.putIfAbsent(record.slot() + " " + record.version(), record);
            assertThat(before == null || before.equals(record)).isTrue();
        }
    }

    static void assertNoTwoShare(List<NodeGrant> grants) {
        for (var one : grants) {
            for (var other : grants) {
                boolean same = one.name().equals(other.name());
                assertThat(one.fabricAddress().equals(other.fabricAddress()))
                        .as("addresses of %s and %s", one, other)
                        .isEqualTo(same);
                assertThat(same || !one.recordKey().equals(other.recordKey())).isTrue();
                assertThat(
                                same
                                        || one.podCidrs().stream()
                                                .noneMatch(a ->
                                                        other.podCidrs().stream()
                                                                .anyMatch(a::overlaps)))
                        .as("pod CIDRs of %s and %s", one, other)
                        .isTrue();
            }
        }
    }

    /** The grants that their rosters list. */
    static List<NodeGrant> alive(List<SignedRecord> records) {
        var newest = Rehearsal.statements(List.copyOf(newest(records)));
        var listed = new HashSet<Scope>();
        newest.forEach(said -> {
            if (said.payload() instanceof Roster roster && !roster.live().isEmpty()) {
                listed.add(said.header().scope());
            }
        });
        return newest.stream()
                .filter(said -> listed.contains(said.header().scope()))
                .map(Statement::payload)
                .filter(NodeGrant.class::isInstance)
                .map(NodeGrant.class::cast)
                .toList();
    }

    static List<NodeGrant> grants(List<SignedRecord> records) {
        return Rehearsal.statements(records).stream()
                .map(Statement::payload)
                .filter(NodeGrant.class::isInstance)
                .map(NodeGrant.class::cast)
                .toList();
    }

    /** The highest version of each slot. */
    static SortedMap<Slot, Version> versions(Collection<SignedRecord> records) {
        var versions = new TreeMap<Slot, Version>();
        newest(records).forEach(record -> versions.put(record.slot(), record.version()));
        return versions;
    }

    /** Whoever holds what there was takes what there is more, or has it already. */
    public static void assertNothingRegresses(List<SignedRecord> held, List<SignedRecord> more) {
        var all = new ArrayList<>(held);
        all.addAll(more);
        assertNobodyEquivocates(all);
        var before = versions(held);
        versions(more)
                .forEach((slot, version) ->
                        assertThat(version)
                                .isGreaterThanOrEqualTo(before.getOrDefault(slot, version)));
    }
}
