// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import io.selvedge.sim.scenario.Scenario;
import java.util.List;

/** What came of a simulated world. */
public sealed interface Outcome {
    Scenario scenario();

    /**
     * Everything held.
     *
     * @param events how many things happened
     * @param equalMillis from the last heal until records were equal
     * @param reachedMillis from then until plans were mirrored and pods reached each other
     */
    record Held(Scenario scenario, long events, long equalMillis, long reachedMillis)
            implements Outcome {}

    /**
     * Something did not.
     *
     * @param at virtual milliseconds
     * @param trace the last things that happened; empty unless asked for
     */
    record Failed(
            Scenario scenario, String invariant, String explanation, long at, List<String> trace)
            implements Outcome {
        public Failed {
            trace = List.copyOf(trace);
        }
    }
}
