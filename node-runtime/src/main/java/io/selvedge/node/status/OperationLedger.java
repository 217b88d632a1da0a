// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.status;

import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts the operations that this process has given to the machine, by driver. Thread-safe. */
public final class OperationLedger {
    /** What a cause begins with when somebody else had changed the machine. */
    public static final String DRIFT = "drift: ";

    private final Consumer<Operation> listener;
    private final SortedMap<String, Entry> entries = new TreeMap<>();

    /** How many, and why and when the last one. */
    public record Entry(long count, @Nullable String lastCause, @Nullable Instant lastAt) {}

    /** What a driver was given to do. */
    public record Operation(String driver, int count, String cause) {
        public boolean isDrift() {
            return cause.startsWith(DRIFT);
        }
    }

    public OperationLedger() {
        this(_ -> {});
    }

    /**
     * @param listener told of each operation, on the thread that notes it; must not block
     */
    public OperationLedger(Consumer<Operation> listener) {
        this.listener = listener;
    }

    /** A driver shows in the ledger from the start, with nothing done. */
    public synchronized void open(String driver) {
        entries.putIfAbsent(driver, new Entry(0, null, null));
    }

    public void note(String driver, int operations, String cause, Instant at) {
        count(driver, operations, cause, at);
        listener.accept(new Operation(driver, operations, cause));
    }

    private synchronized void count(String driver, int operations, String cause, Instant at) {
        var known = entries.getOrDefault(driver, new Entry(0, null, null));
        entries.put(driver, new Entry(known.count() + operations, cause, at));
    }

    public synchronized SortedMap<String, Entry> entries() {
        return new TreeMap<>(entries);
    }
}
