// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The twin of the IKE daemons and their tunnels, negotiating over a simulated underlay. {@link
 * io.selvedge.sim.ike.IkeBackend} is what a node sees of it.
 */
@NullMarked
package io.selvedge.sim.ike;

import org.jspecify.annotations.NullMarked;
