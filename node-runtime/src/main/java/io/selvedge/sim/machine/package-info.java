// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** The twin of a machine: kernel parts that outlive a process, and what goes wrong with them. */
@NullMarked
package io.selvedge.sim.machine;

import org.jspecify.annotations.NullMarked;
