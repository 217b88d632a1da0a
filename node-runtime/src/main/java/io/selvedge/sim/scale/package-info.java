// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors

/**
 * What the fabric costs, by size: the gossip that ships, run for thousands of nodes in one thread
 * of virtual time. {@link io.selvedge.sim.scale.ScaleRun} is the way in. Knows no disk, no kernel
 * and no tunnel: who can be reached is drawn, and gossip has only to be fast.
 */
@NullMarked
package io.selvedge.sim.scale;

import org.jspecify.annotations.NullMarked;
