// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.model.Subject;

/**
 * From what a node believes to its plan. Total and deterministic; the plans of two nodes with equal
 * views mirror each other: the same pairs, opposite selectors, one initiator.
 */
public final class Planner {
    private Planner() {}

    /**
     * Plans for {@code self}. Without settings nothing is planned; without a believed grant the
     * node is closed: nothing passes, no tunnel is left.
     */
    public static Plan plan(Subject self, View view, NodeDefaults defaults) {
        return new StandingPlan(self, defaults).next(view);
    }
}
