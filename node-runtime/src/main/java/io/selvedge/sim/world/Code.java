// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.fabric.FabricNode;
import io.selvedge.fabric.View;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Subject;
import io.selvedge.plan.NodeDefaults;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planner;
import java.util.List;

/**
 * The code that a node runs where a test may put a broken one in its place, to show that it is
 * caught. {@link #SHIPPED} is what ships.
 */
public interface Code {
    Code SHIPPED = new Code() {};

    default Plan plan(
            Subject self, View view, FabricNode node, RecordKey root, NodeDefaults defaults) {
        return Planner.plan(self, view, defaults);
    }

    /** Whether an effect is done at all. */
    default boolean does(FabricNode.Effect effect) {
        return true;
    }

    /** The order in which effects are done. */
    default List<FabricNode.Effect> order(List<FabricNode.Effect> effects) {
        return effects;
    }

    /** Whether the records that it stored are there when its process starts again. */
    default boolean keepsRecords() {
        return true;
    }

    /** Whether the versions that it reserved are. */
    default boolean keepsReservations() {
        return true;
    }

    /** Whether a signature that does not hold is believed. */
    default boolean trustsAnySignature() {
        return false;
    }
}
