// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.status;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts the operations that this process has given to the machine, by driver. Thread-safe. */
public final class OperationLedger {
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    /** How many, and why and when the last one. */
    public record Entry(long count, @Nullable String lastCause, @Nullable Instant lastAt) {}

    /** A driver shows in the ledger from the start, with nothing done. */
    public synchronized void open(String driver) {
        entries.putIfAbsent(driver, new Entry(0, null, null));
    }

    public synchronized void note(String driver, int operations, String cause, Instant at) {
        var known = entries.getOrDefault(driver, new Entry(0, null, null));
        entries.put(driver, new Entry(known.count() + operations, cause, at));
    }

    public synchronized SortedMap<String, Entry> entries() {
        return new TreeMap<>(entries);
    }
}
