// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.machine;

import io.selvedge.node.driver.Driver;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpResource;
import io.selvedge.plan.Resource;
import java.io.IOException;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One part of a machine's kernel: it holds what it was given, also when the process that gave it is
 * gone. A path route replaces another to the same prefix, as in the kernel.
 */
public final class KernelPart<R extends Resource> implements Driver<R> {
    private final String name;
    private final Faults faults;
    private final TreeMap<String, R> standing = new TreeMap<>();
    private long changes;

    public KernelPart(String name, Faults faults) {
        this.name = name;
        this.faults = faults;
    }

    @Override
    public String name() {
        return name;
    }

    public Faults faults() {
        return faults;
    }

    /** What stands, by key. */
    public Collection<R> standing() {
        return standing.values();
    }

    /** Grows with every change. */
    public long changes() {
        return changes;
    }

    /** The machine is switched off. */
    public void clear() {
        standing.clear();
        changes++;
    }

    @Override
    public SortedSet<String> observe() throws IOException {
        faults.observing();
        return new TreeSet<>(standing.keySet());
    }

    @Override
    public void apply(Diff<R> diff) throws IOException {
        int doable = faults.doable(diff.size());
        for (var planned : diff.add()) {
            if (doable-- <= 0) {
                break;
            }
            faults.step();
            add(planned.resource());
        }
        for (var key : diff.remove()) {
            if (doable-- <= 0) {
                break;
            }
            faults.step();
            changes++;
            standing.remove(key);
        }
        faults.done(diff.size(), () -> holds(diff));
    }

    private boolean holds(Diff<R> diff) {
        return diff.add().stream()
                        .allMatch(planned -> standing.containsKey(planned.resource().key()))
                && diff.remove().stream().noneMatch(standing::containsKey);
    }

    private void add(R resource) {
        changes++;
        if (resource instanceof IpResource.PathRoute route) {
            standing.values()
                    .removeIf(held ->
                            held instanceof IpResource.PathRoute(var to, _, _)
                                    && to.equals(route.to()));
        }
        standing.put(resource.key(), resource);
    }
}
