// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The fabric plane without its shell: signed records, their merge, what of them is believed, and
 * gossip as a state machine. Knows no Akka, no clock, no I/O and no randomness; time and random
 * numbers are arguments. {@link io.selvedge.fabric.View} is what planning reads.
 */
@NullMarked
package io.selvedge.fabric;

import org.jspecify.annotations.NullMarked;
