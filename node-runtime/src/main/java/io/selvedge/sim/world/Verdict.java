// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

/** What becomes of a packet. */
public sealed interface Verdict {
    /**
     * It arrives.
     *
     * @param direct whether no third node saw it
     */
    record Delivered(boolean direct) implements Verdict {}

    record Dropped(int node, String why) implements Verdict {}

    /** It leaves a node outside of any tunnel. Never to happen. */
    record Leaked(int node) implements Verdict {}
}
