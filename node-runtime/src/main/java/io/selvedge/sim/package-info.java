// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The simulator: the code that ships, run in virtual time from one seed. {@link
 * io.selvedge.sim.SimulateCommand} measures gossip at scale; {@link io.selvedge.sim.Simulation}
 * runs a small fabric whole, on simulated machines, through whatever can go wrong.
 */
@NullMarked
package io.selvedge.sim;

import org.jspecify.annotations.NullMarked;
