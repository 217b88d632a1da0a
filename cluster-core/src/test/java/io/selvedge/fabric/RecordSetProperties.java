// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.RecordSet.Merged;
import io.selvedge.model.Payload;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.testing.TestKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The laws of merging, over records that collide in slots and versions more often than not. */
class RecordSetProperties {
    private static final List<Scope> SCOPES =
            List.of(new Scope.Fabric(), new Scope.Site("plant-a"));

    /** Signing is most of the work of these properties; there are 243 records in all. */
    private static final Map<List<Integer>, SignedRecord> SIGNED = new ConcurrentHashMap<>();

    @Property(tries = 300)
    void theOrderOfArrivalDoesNotMatter(
            @ForAll("records") List<SignedRecord> records, @ForAll long seed) {
        var shuffled = new ArrayList<>(records);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(new RecordSet(shuffled)).isEqualTo(new RecordSet(records));
    }

    @Property(tries = 300)
    void mergeIsCommutativeAndAssociative(
            @ForAll("records") List<SignedRecord> a,
            @ForAll("records") List<SignedRecord> b,
            @ForAll("records") List<SignedRecord> c) {
        assertThat(join(a, b)).isEqualTo(join(b, a));
        assertThat(join(join(a, b).records(), c)).isEqualTo(join(a, join(b, c).records()));
    }

    @Property(tries = 300)
    void mergeIsIdempotent(@ForAll("records") List<SignedRecord> records) {
        var set = new RecordSet(records);
        var before = set.copy();

        for (var record : records) {
            assertThat(set.merge(record)).isIn(Merged.ALREADY_KNOWN, Merged.SUPERSEDED);
        }

        assertThat(set).isEqualTo(before);
    }

    @Property(tries = 300)
    void equalDigestsAreEqualSets(
            @ForAll("records") List<SignedRecord> a, @ForAll("records") List<SignedRecord> b) {
        var first = new RecordSet(a);
        var second = new RecordSet(b);
        for (var scope : SCOPES) {
            boolean same = first.records(scope).equals(second.records(scope));
            assertThat(first.digest(scope).equals(second.digest(scope))).isEqualTo(same);
        }
    }

    @Property(tries = 300)
    void noSlotEverFallsBack(@ForAll("records") List<SignedRecord> records) {
        var set = new RecordSet();
        for (var record : records) {
            var before = set.records(record.slot());
            var judged = set.judge(record);

            assertThat(set.merge(record)).isEqualTo(judged);

            var after = set.records(record.slot());
            assertThat(after.equals(before))
                    .isEqualTo(judged == Merged.ALREADY_KNOWN || judged == Merged.SUPERSEDED);
            if (!before.isEmpty()) {
                assertThat(after.getFirst().version())
                        .isGreaterThanOrEqualTo(before.getFirst().version());
            }
        }
    }

    @Property(tries = 300)
    void anEquivocatingSlotIsNotBelieved(@ForAll("records") List<SignedRecord> records) {
        var set = new RecordSet(records);
        for (var statement : set.statements()) {
            var versions =
                    records.stream()
                            .filter(record -> record.slot().equals(statement.header().slot()))
                            .toList();
            var highest = versions.stream().map(SignedRecord::version).max(Version::compareTo);
            assertThat(highest).contains(statement.header().version());
            assertThat(
                            versions.stream()
                                    .filter(each -> highest.get().equals(each.version()))
                                    .map(SignedRecord::hash)
                                    .distinct())
                    .hasSize(1);
        }
        assertThat(set.statements().size() + set.equivocations().size())
                .isEqualTo((int) records.stream().map(SignedRecord::slot).distinct().count());
    }

    @Property(tries = 200)
    void sizesAddUp(@ForAll("records") List<SignedRecord> records) {
        var set = new RecordSet(records);
        var held = set.records();

        assertThat(set.size()).isEqualTo(held.size());
        assertThat(set.bytes()).isEqualTo(held.stream().mapToLong(SignedRecord::size).sum());
        assertThat(held).allMatch(record -> record.bytes().size() <= record.size());
        held.forEach(record -> assertThat(set.remove(record)).isTrue());
        assertThat(set).isEqualTo(new RecordSet());
        assertThat(set.bytes()).isZero();
    }

    @Provide
    Arbitrary<List<SignedRecord>> records() {
        var small = Arbitraries.integers().between(0, 2);
        return Combinators.combine(small, small, small, small, small)
                .as(List::of)
                .map(numbers -> SIGNED.computeIfAbsent(numbers, RecordSetProperties::record))
                .list()
                .ofMaxSize(15);
    }

    private static SignedRecord record(List<Integer> numbers) {
        var payload = new Payload.Endpoint(List.of(), 500 + numbers.get(4), "userspace", 1);
        return TestKeys.signer(numbers.get(0))
                .sign(
                        new Subject("beijing", "n" + numbers.get(1)),
                        SCOPES.get(numbers.get(2) % 2),
                        new Version(0, numbers.get(3)),
                        payload);
    }

    private static RecordSet join(List<SignedRecord> a, List<SignedRecord> b) {
        var set = new RecordSet(a);
        b.forEach(set::merge);
        return set;
    }
}
