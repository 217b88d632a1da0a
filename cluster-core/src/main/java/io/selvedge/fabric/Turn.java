// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.Gossip.Effect;
import io.selvedge.fabric.Gossip.Refused;
import io.selvedge.fabric.Gossip.Stored;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** What one input leads to, in the order in which it is to be done. */
final class Turn {
    final Instant now;
    final long tick;
    final RandomGenerator random;
    final List<SignedRecord> stored = new ArrayList<>();
    final List<SignedRecord> dropped = new ArrayList<>();
    final List<Effect> others = new ArrayList<>();
    final List<Effect> sends = new ArrayList<>();
    private final Map<Spread, Collection<Neighbour>> targets = new HashMap<>();

    /**
     * @param tick the number of ticks so far
     */
    Turn(Instant now, long tick, RandomGenerator random) {
        this.now = now;
        this.tick = tick;
        this.random = random;
    }

    private record Spread(Scope scope, boolean urgent) {}

    /** One choice for all records of a scope that spread in this turn: they share datagrams. */
    Collection<Neighbour> targets(
            Scope scope, boolean urgent, Supplier<Collection<Neighbour>> choice) {
        return targets.computeIfAbsent(new Spread(scope, urgent), _ -> choice.get());
    }

    void refuse(Subject from, Refusal reason, String detail) {
        others.add(new Refused(from, reason, detail));
    }

    List<Effect> effects() {
        var effects = new ArrayList<Effect>();
        if (!stored.isEmpty()) {
            effects.add(new Stored(List.copyOf(stored)));
        }
        if (!dropped.isEmpty()) {
            effects.add(new Gossip.Dropped(List.copyOf(dropped)));
        }
        effects.addAll(others);
        effects.addAll(sends);
        return effects;
    }
}
