// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** What must hold in a simulated world: safety after every event, liveness once faults stop. */
@NullMarked
package io.selvedge.sim.check;

import org.jspecify.annotations.NullMarked;
