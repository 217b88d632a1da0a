// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * Which path leads to each peer now, and what to do about it: initiate, leave a dead direct path,
 * end what is not planned, fold duplicates. A state machine: associations, probe answers and time
 * go in, actions come out. Knows no Akka, no clock, no I/O and no randomness; {@link
 * io.selvedge.paths.PathLogic} is the way in.
 */
@NullMarked
package io.selvedge.paths;

import org.jspecify.annotations.NullMarked;
