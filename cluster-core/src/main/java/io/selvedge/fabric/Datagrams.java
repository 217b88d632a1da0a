// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.GossipMessage.Held;
import io.selvedge.wire.GossipMessage.ScopeDigest;
import java.util.ArrayList;
import java.util.Collection;
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

    private static final int HASH = GossipMessage.HASH_SIZE + 2;
    private static final int VERSION = 2 * 11;
    private static final int HELD = 2 * HASH + VERSION + 2;

    private Datagrams() {}

    /** All scopes and digests of a node that does not hold all: the ranges leave no gap. */
    static List<GossipMessage> digests(boolean all, boolean unheard, List<ScopeDigest> scopes) {
        int bounds = 2 * scopes.stream().mapToInt(each -> length(each.scope())).max().orElse(0);
        var groups = groups(scopes, each -> length(each.scope()) + HASH + 4, bounds);
        var messages = new ArrayList<GossipMessage>();
        @Nullable Scope after = null;
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            @Nullable Scope upTo = i + 1 < groups.size() ? group.getLast().scope() : null;
            messages.add(new GossipMessage.Digests(all, unheard, after, upTo, group));
            after = upTo;
        }
        return messages;
    }

    /** A whole scope, cut between slots: the ranges leave no gap. */
    static List<GossipMessage> listing(Scope scope, Collection<Entry> entries) {
        var groups =
                groups(
                        List.copyOf(entries),
                        entry -> entry.records().size() * HELD,
                        length(scope) + 2 * HASH);
        var messages = new ArrayList<GossipMessage>();
        @Nullable Bytes after = null;
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            @Nullable Bytes upTo = i + 1 < groups.size() ? group.getLast().slotHash() : null;
            var held = group.stream().flatMap(entry -> held(entry).stream()).toList();
            messages.add(new GossipMessage.Listing(scope, after, upTo, held));
            after = upTo;
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

    static Bytes shortHash(SignedRecord record) {
        return Bytes.of(java.util.Arrays.copyOf(record.hash().toArray(), GossipMessage.HASH_SIZE));
    }

    private static List<Held> held(Entry entry) {
        return entry.records().stream()
                .map(record -> new Held(record.slotHash(), record.version(), shortHash(record)))
                .toList();
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
