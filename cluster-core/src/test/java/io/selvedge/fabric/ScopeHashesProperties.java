// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.wire.GossipMessage;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Sets of scopes and buckets, told in pieces that must add up. */
class ScopeHashesProperties {
    @Property(tries = 300)
    void aSetToldInPiecesIsTheSet(
            @ForAll("hashes") Set<Long> before, @ForAll("hashes") Set<Long> now) {
        var told = of(now);
        var heard = of(before);

        for (var message : Datagrams.interests(told, null, null)) {
            var piece = (GossipMessage.Interests) message;
            heard = heard.with(bound(piece.after()), bound(piece.upTo()), read(piece));
        }

        assertThat(heard).isEqualTo(told);
        assertThat(heard.digest()).isEqualTo(told.digest());
        assertThat(now).allMatch(told::contains);
        assertThat(told.size()).isEqualTo(now.size());
    }

    @Property(tries = 300)
    void theChangeAloneMakesTheOldTheNew(
            @ForAll("hashes") Set<Long> before, @ForAll("hashes") Set<Long> now) {
        var heard = of(before);
        var told = of(now);
        var changed = told.changedSince(heard);

        for (var message : Datagrams.interests(told, changed.after(), changed.upTo())) {
            var piece = (GossipMessage.Interests) message;
            heard = heard.with(bound(piece.after()), bound(piece.upTo()), read(piece));
        }

        assertThat(heard).isEqualTo(told);
    }

    @Property(tries = 300)
    void bucketsDifferWhereTheirThingsDo(
            @ForAll("hashes") Set<Long> a, @ForAll("hashes") Set<Long> b) {
        int bits = Buckets.bits(Math.max(a.size(), b.size()));
        var different = new TreeSet<>(a);
        different.removeAll(b);
        b.stream().filter(hash -> !a.contains(hash)).forEach(different::add);

        var ranges = Buckets.differing(bits, digests(bits, a), 0, Bytes.ofLongs(digests(bits, b)));

        assertThat(different)
                .allMatch(hash -> ranges.stream().anyMatch(range -> range.contains(hash)));
        assertThat(ranges.isEmpty()).isEqualTo(a.equals(b));
    }

    @Provide
    Arbitrary<Set<Long>> hashes() {
        var edges = Arbitraries.of(List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
        var small = Arbitraries.longs().between(-300, 300).map(i -> i * 0x0100_0000_0000_00ffL);
        return Arbitraries.frequencyOf(Tuple.of(1, edges), Tuple.of(9, small)).set().ofMaxSize(200);
    }

    private static long[] digests(int bits, Set<Long> hashes) {
        var sorted = hashes.stream().sorted(Long::compareUnsigned).toList();
        return Buckets.digests(bits, sorted, hash -> hash, hash -> Bytes.ofLongs(hash).toArray());
    }

    private static ScopeHashes of(Set<Long> hashes) {
        return ScopeHashes.read(Bytes.ofLongs(hashes.stream().mapToLong(hash -> hash).toArray()));
    }

    private static ScopeHashes read(GossipMessage.Interests piece) {
        return ScopeHashes.read(piece.hashes());
    }

    private static @Nullable Long bound(@Nullable Bytes bound) {
        return bound == null ? null : bound.longAt(0);
    }
}
