// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.machine;

/**
 * The process of a node ends here, between two steps. Not an error: nobody may catch it but the
 * world.
 */
public final class Crashed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Crashed() {
        super("crashed", null, false, false);
    }
}
