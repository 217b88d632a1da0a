// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.memory;

import io.selvedge.node.driver.Driver;
import io.selvedge.plan.Diff;
import io.selvedge.plan.Resource;
import java.io.IOException;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A machine in memory, for any kind of resource. Faults are asked for beforehand; a failing apply
 * makes half of its additions first, as a machine would. Any thread may call.
 */
public final class MemoryDriver<R extends Resource> implements Driver<R> {
    private final String name;
    private final TreeSet<String> standing = new TreeSet<>();
    private int failuresLeft;
    private int operations;

    public MemoryDriver(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized SortedSet<String> observe() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(standing));
    }

    @Override
    public synchronized void apply(Diff<R> diff) throws IOException {
        int additions = diff.add().size();
        boolean fails = failuresLeft > 0;
        for (var planned : diff.add().subList(0, fails ? additions / 2 : additions)) {
            standing.add(planned.resource().key());
            operations++;
        }
        if (fails) {
            failuresLeft--;
            throw new IOException(name + ": this failure was asked for; apply again");
        }
        standing.removeAll(diff.remove());
        operations += diff.remove().size();
    }

    /** Makes the next applies fail half-way. */
    public synchronized void failNext(int times) {
        failuresLeft = times;
    }

    /** Somebody else takes a thing away. */
    public synchronized void drift(String key) {
        standing.remove(key);
    }

    /** Things added and removed so far. */
    public synchronized int operations() {
        return operations;
    }
}
