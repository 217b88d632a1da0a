// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * A simulated fabric: nodes that run the code that ships on simulated machines, disks, clocks and
 * networks. {@link io.selvedge.sim.world.World} is the way in.
 */
@NullMarked
package io.selvedge.sim.world;

import org.jspecify.annotations.NullMarked;
