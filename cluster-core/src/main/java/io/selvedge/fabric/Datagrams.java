// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.GossipMessage.Held;
import io.selvedge.wire.GossipMessage.ScopeDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Messages cut to datagrams. Each aims to stay below {@value #SIZE} bytes, which no link between
 * two nodes has to fragment; one thing that is larger travels alone.
 */
final class Datagrams {
    static final int SIZE = 1_200;

    /** What a message spends on its own framing, without its bounds. */
    private static final int FRAME = 16;

    private static final int SHORT = GossipMessage.SHORT_SIZE + 2;
    private static final int HASH = GossipMessage.HASH_SIZE + 2;
    private static final int VERSION = 2 * 11;
    private static final int HELD = 2 * HASH + VERSION + 2;

    private Datagrams() {}

    /** What is kept of a range of scope hashes: the ranges leave no gap. */
    static List<GossipMessage> interests(
            ScopeHashes kept, @Nullable Long after, @Nullable Long upTo) {
        var hashes = Arrays.stream(kept.range(after, upTo)).boxed().toList();
        var groups = groups(hashes, _ -> Long.BYTES, 3 * SHORT + 4);
        var messages = new ArrayList<GossipMessage>();
        @Nullable Long from = after;
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            @Nullable Long to = i + 1 < groups.size() ? group.getLast() : upTo;
            var packed =
                    group.size() == kept.size()
                            ? kept.packed()
                            : Bytes.ofLongs(group.stream().mapToLong(hash -> hash).toArray());
            messages.add(
                    new GossipMessage.Interests(
                            false, kept.digest(), bound(from), bound(to), packed));
            from = to;
        }
        return messages;
    }

    /** The scopes and digests of a range: the ranges leave no gap. */
    static List<GossipMessage> digests(Buckets.Range range, List<Shelf> shelves) {
        var groups = groups(shelves, each -> length(each.scope()) + HASH + 4, 2 * SHORT);
        var messages = new ArrayList<GossipMessage>();
        @Nullable Long from = range.after();
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            @Nullable Long to =
                    i + 1 < groups.size() ? (Long) group.getLast().hash() : range.upTo();
            var scopes =
                    group.stream()
                            .map(each -> new ScopeDigest(each.scope(), each.digest()))
                            .toList();
            messages.add(new GossipMessage.Digests(bound(from), bound(to), scopes));
            from = to;
        }
        return messages;
    }

    /** All buckets, in consecutive runs. */
    static List<GossipMessage> buckets(@Nullable Scope scope, int bits, long[] digests) {
        var numbers = Arrays.stream(digests).boxed().toList();
        int fixed = (scope == null ? 0 : length(scope)) + 10;
        var messages = new ArrayList<GossipMessage>();
        int first = 0;
        for (var group : groups(numbers, _ -> Long.BYTES, fixed)) {
            var packed = Bytes.ofLongs(group.stream().mapToLong(digest -> digest).toArray());
            messages.add(new GossipMessage.Buckets(scope, bits, first, packed));
            first += group.size();
        }
        return messages;
    }

    /** A range of slots of a scope: the ranges leave no gap. */
    static List<GossipMessage> listing(
            Scope scope, @Nullable Bytes after, @Nullable Bytes upTo, List<Entry> entries) {
        var groups =
                groups(entries, entry -> entry.cards().size() * HELD, length(scope) + 2 * HASH);
        var messages = new ArrayList<GossipMessage>();
        @Nullable Bytes from = after;
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            @Nullable Bytes to = i + 1 < groups.size() ? group.getLast().slotHash() : upTo;
            var held = group.stream().flatMap(entry -> held(entry).stream()).toList();
            messages.add(new GossipMessage.Listing(scope, from, to, held));
            from = to;
        }
        return messages;
    }

    static List<GossipMessage> pulls(Scope scope, List<Bytes> slots) {
        var messages = new ArrayList<GossipMessage>();
        for (var group : groups(slots, _ -> HASH, length(scope))) {
            messages.add(new GossipMessage.Pull(scope, group));
        }
        return messages;
    }

    /** The room that a push has for records, and what one record takes of it. */
    static int roomForRecords() {
        return SIZE - SignedDatagram.OVERHEAD - FRAME;
    }

    static int room(SignedRecord record) {
        return record.size() + 4;
    }

    static Bytes shortHash(Card card) {
        return Bytes.ofLongs(card.hash().longAt(0), card.hash().longAt(Long.BYTES));
    }

    private static List<Held> held(Entry entry) {
        return entry.cards().stream()
                .map(card -> new Held(card.slotHash(), card.version(), shortHash(card)))
                .toList();
    }

    private static @Nullable Bytes bound(@Nullable Long hash) {
        return hash == null ? null : Bytes.ofLongs(hash);
    }

    private static int length(Scope scope) {
        return scope.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 3;
    }

    /** Consecutive groups that each fit; at least one group, which may be empty. */
    private static <T> List<List<T>> groups(List<T> items, ToIntFunction<T> size, int fixed) {
        int room = SIZE - SignedDatagram.OVERHEAD - FRAME - fixed;
        var groups = new ArrayList<List<T>>();
        var group = new ArrayList<T>();
        int taken = 0;
        for (var item : items) {
            int needs = size.applyAsInt(item);
            if (!group.isEmpty() && taken + needs > room) {
                groups.add(List.copyOf(group));
                group.clear();
                taken = 0;
            }
            group.add(item);
            taken += needs;
        }
        groups.add(List.copyOf(group));
        return groups;
    }
}
