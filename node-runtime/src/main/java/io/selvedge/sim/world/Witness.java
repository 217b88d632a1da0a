// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.FabricNode;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.plan.Plan;
import java.util.List;

/** Who watches a world, and throws {@link Broken} when it sees what must not be. */
public interface Witness {
    Witness NOBODY = new Witness() {};

    /** The process of the node has begun, with what rested on its disk. */
    default void opened(SimNode node) {}

    /** What the node had on its disk is gone, or some of it. */
    default void lostDisk(SimNode node) {}

    /** The authority has decided. */
    default void decided() {}

    /** Records rest on the node's disk. */
    default void stored(SimNode node, List<SignedRecord> records) {}

    default void forgetting(SimNode node, List<SignedRecord> records) {}

    default void believed(SimNode node, View view) {}

    default void planned(SimNode node, Plan plan) {}

    /** The node's machine holds the plan, or says so. */
    default void reached(SimNode node, Plan plan) {}

    /** The node has looked at its paths and done what was to be done. */
    default void looked(SimNode node) {}

    /** A datagram of one node led to something at another. */
    default void received(SimNode at, int from, List<FabricNode.Effect> effects) {}

    /** The node is about to send a datagram of gossip. */
    default void told(SimNode node, Bytes datagram) {}

    /** After every event. */
    default void happened() {}
}
