// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.memory;

import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The IKE daemons of some nodes, and which of them reach each other. Not for many threads. */
public final class MemoryIkeNetwork {
    private final InstantSource clock;
    private final TreeMap<String, MemoryIkeDaemon> daemons = new TreeMap<>();
    private final Set<Set<String>> cuts = new HashSet<>();

    public MemoryIkeNetwork(InstantSource clock) {
        this.clock = clock;
    }

    /** The daemon of this node; there from the first mention on. */
    public MemoryIkeDaemon daemon(String node) {
        return daemons.computeIfAbsent(node, name -> new MemoryIkeDaemon(name, this, clock));
    }

    public void cut(String node, String other) {
        cuts.add(Set.of(node, other));
    }

    /** Undoes all cuts; who was connecting tries again. */
    public void heal() {
        cuts.clear();
        daemons.values().forEach(MemoryIkeDaemon::retry);
    }

    /** The daemon of the peer, when packets reach it. */
    @Nullable MemoryIkeDaemon reach(String node, String peer) {
        return node.equals(peer) || cuts.contains(Set.of(node, peer)) ? null : daemons.get(peer);
    }
}
