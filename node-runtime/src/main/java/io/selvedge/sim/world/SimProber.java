// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.model.IpAddress;
import io.selvedge.node.paths.Prober;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Probes by asking whether an echo would be answered now; each may be lost on its way. */
final class SimProber implements Prober {
    private static final long PERIOD_MILLIS = 250;

    private final SimNode node;
    private final IpAddress source;
    private final boolean direct;
    private final Consumer<IpAddress> answered;
    private TreeSet<IpAddress> watched = new TreeSet<>();
    private boolean running;

    SimProber(SimNode node, IpAddress source, boolean direct, Consumer<IpAddress> answered) {
        this.node = node;
        this.source = source;
        this.direct = direct;
        this.answered = answered;
    }

    @Override
    public void watch(SortedSet<IpAddress> addresses) {
        watched = new TreeSet<>(addresses);
        if (!running && !watched.isEmpty()) {
            running = true;
            probe();
        }
    }

    private void probe() {
        if (watched.isEmpty()) {
            running = false;
            return;
        }
        var world = node.world();
        double arrives = Math.pow(1 - world.loss(), 2);
        for (var address : watched) {
            boolean survives = arrives == 1 || node.random().nextDouble() < arrives;
            if (world.packets().probe(node.number(), source, address, direct, survives)) {
                node.later(world.roundTripMillis(), () -> answered.accept(address));
            }
        }
        node.later(PERIOD_MILLIS, this::probe);
    }

    @Override
    public void close() {
        watched = new TreeSet<>();
    }
}
