// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The reconciler: takes plans, observes the machine through the drivers, and does only the
 * difference. {@link io.selvedge.node.machine.MachineActor} is the way in.
 */
@NullMarked
package io.selvedge.node.machine;

import org.jspecify.annotations.NullMarked;
