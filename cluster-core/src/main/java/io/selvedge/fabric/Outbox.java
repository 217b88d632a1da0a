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
    /** Revocations. */
    static final int MOST_URGENT = 0;

    static final int LEAST_URGENT = 6;

    private final TreeMap<Integer, LinkedHashMap<Bytes, Scope>> waiting = new TreeMap<>();
    private final int max;
    private int size;

    Outbox(int max) {
        this.max = max;
    }

    /** A slot, by its hash, in a scope. */
    record Waiting(Scope scope, Bytes slotHash) {}

    /** False when there is no room: then digests have to find it. */
    boolean offer(Scope scope, Bytes slotHash, int urgency) {
        var queue = waiting.get(urgency);
        if (queue != null && queue.containsKey(slotHash)) {
            return true;
        }
        if (size == max) {
            return false;
        }
        waiting.computeIfAbsent(urgency, _ -> new LinkedHashMap<>()).put(slotHash, scope);
        size++;
        return true;
    }

    void remove(SignedRecord record) {
        var queue = waiting.get(urgency(record.header().type()));
        if (queue != null && queue.remove(record.slotHash()) != null) {
            size--;
        }
    }

    /** The next slot, unless all that wait are less urgent than this. */
    @Nullable Waiting poll(int leastUrgent) {
        while (!waiting.isEmpty() && waiting.firstKey() <= leastUrgent) {
            var first = waiting.firstEntry().getValue().pollFirstEntry();
            if (first != null) {
                size--;
                return new Waiting(first.getValue(), first.getKey());
            }
            waiting.pollFirstEntry();
        }
        return null;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The lower, the sooner. */
    static int urgency(RecordType type) {
        return switch (type.number()) {
            case 6 -> MOST_URGENT; // Revocation
            case 1, 7 -> 1; // FabricSettings, TrustBundle
            case 2, 3, 8 -> 2; // NodeGrant, Community, Roster
            case 4 -> 3; // Endpoint
            case 5 -> 4; // Observation
            case 9, 10, 11, 12 -> 5; // kept for services and pods
            default -> LEAST_URGENT;
        };
    }
}
