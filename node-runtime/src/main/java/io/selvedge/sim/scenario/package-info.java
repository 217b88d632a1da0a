// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * What is to happen in a simulated world, as data. {@link io.selvedge.sim.scenario.Draw} draws it.
 */
@NullMarked
package io.selvedge.sim.scenario;

import org.jspecify.annotations.NullMarked;
