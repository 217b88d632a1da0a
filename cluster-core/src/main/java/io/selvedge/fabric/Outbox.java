// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The slots whose records wait to be pushed to one neighbour, the most urgent first. Holds names,
 * not records: what is sent is what is held when it is sent.
 */
final class Outbox {
    private final TreeMap<Integer, LinkedHashMap<Bytes, Scope>> waiting = new TreeMap<>();
    private final int max;
    private int size;

    Outbox(int max) {
        this.max = max;
    }

    /** A slot, by its hash, in a scope. */
    record Waiting(Scope scope, Bytes slotHash) {}

    /** False when there is no room: then digests have to find it. */
    boolean offer(SignedRecord record) {
        var queue =
                waiting.computeIfAbsent(
                        urgency(record.header().type()), _ -> new LinkedHashMap<>());
        if (queue.containsKey(record.slotHash())) {
            return true;
        }
        if (size == max) {
            return false;
        }
        queue.put(record.slotHash(), record.scope());
        size++;
        return true;
    }

    void remove(SignedRecord record) {
        var queue = waiting.get(urgency(record.header().type()));
        if (queue != null && queue.remove(record.slotHash()) != null) {
            size--;
        }
    }

    @Nullable Waiting poll() {
        for (var queue : waiting.values()) {
            var first = queue.pollFirstEntry();
            if (first != null) {
                size--;
                return new Waiting(first.getValue(), first.getKey());
            }
        }
        return null;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The lower, the sooner. */
    private static int urgency(RecordType type) {
        return switch (type.number()) {
            case 6 -> 0; // Revocation
            case 1 -> 1; // FabricSettings
            case 2 -> 2; // NodeGrant
            case 3 -> 3; // Community
            case 4 -> 4; // Endpoint
            case 5 -> 5; // Observation
            default -> 6;
        };
    }
}
