// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.node.paths.Knocker;
import io.selvedge.paths.Knock;
import io.selvedge.sim.ike.IkePacket;
import io.selvedge.sim.net.Spot;

/** Knocks over the underlay, from a port of its own. */
final class SimKnocker implements Knocker {
    static final int PORT = 4_999;

    private final SimNode node;

    SimKnocker(SimNode node) {
        this.node = node;
    }

    @Override
    public void knock(Knock door) {
        var packet = new IkePacket.Knocking(false);
        var to = new Spot(door.address(), door.port());
        node.world().underlay().send(node.number(), PORT, to, packet.size(), packet);
    }

    @Override
    public void close() {}
}
