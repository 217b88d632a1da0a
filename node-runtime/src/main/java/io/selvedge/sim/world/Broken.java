// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

/** An invariant does not hold. */
public final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String invariant;

    public Broken(String invariant, String explanation) {
        super(explanation, null, false, false);
        this.invariant = invariant;
    }

    /** Its name. */
    public String invariant() {
        return invariant;
    }

    public String explanation() {
        return String.valueOf(getMessage());
    }
}
