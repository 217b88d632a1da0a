// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.Gossip.Dropped;
import io.selvedge.fabric.Gossip.Effect;
import io.selvedge.fabric.Gossip.Refusal;
import io.selvedge.fabric.Gossip.Refused;
import io.selvedge.fabric.Gossip.Stored;
import io.selvedge.model.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What one input leads to, in the order in which it is to be done. */
final class Turn {
    final RandomGenerator random;
    final List<SignedRecord> stored = new ArrayList<>();
    final List<SignedRecord> dropped = new ArrayList<>();
    final List<Effect> others = new ArrayList<>();
    final List<Effect> sends = new ArrayList<>();

    Turn(RandomGenerator random) {
        this.random = random;
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
            effects.add(new Dropped(List.copyOf(dropped)));
        }
        effects.addAll(others);
        effects.addAll(sends);
        return effects;
    }
}
