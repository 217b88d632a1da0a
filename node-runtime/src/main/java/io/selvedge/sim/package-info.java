// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The simulator: the code that ships, run in virtual time on simulated machines and networks, from
 * one seed. {@link io.selvedge.sim.Simulation} is the way in.
 */
@NullMarked
package io.selvedge.sim;

import org.jspecify.annotations.NullMarked;
