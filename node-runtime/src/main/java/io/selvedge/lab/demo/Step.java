// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

/** One promise, shown and checked. */
interface Step {
    /** A few words; the report's {@code name}. */
    String name();

    /**
     * Does it and says what was seen, with figures. A {@link io.selvedge.lab.LabException} says
     * what did not hold.
     */
    String run(Stage stage);
}
