// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * From what a node believes to what its machine should hold, and the difference to what it holds.
 * Total, deterministic and independent of order; both ends of a tunnel agree because both run this.
 * Knows no Akka, no clock, no I/O and no randomness.
 */
@NullMarked
package io.selvedge.plan;

import org.jspecify.annotations.NullMarked;
