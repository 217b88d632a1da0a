// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The drivers' twins in memory: the same ports and the same contract without a machine, for tests
 * and for the simulator. Deterministic, no threads, no clock of their own.
 */
@NullMarked
package io.selvedge.node.driver.memory;

import org.jspecify.annotations.NullMarked;
