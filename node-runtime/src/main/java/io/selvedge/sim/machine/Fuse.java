// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.machine;

/** Counts the steps that a node takes, and ends its process at one that was chosen. */
public final class Fuse {
    private long left;

    /** The process ends before its {@code steps}-th step from now. */
    public void light(int steps) {
        left = steps;
    }

    public void putOut() {
        left = 0;
    }

    public boolean isLit() {
        return left > 0;
    }

    public void step() {
        if (left > 0 && --left == 0) {
            throw new Crashed();
        }
    }
}
