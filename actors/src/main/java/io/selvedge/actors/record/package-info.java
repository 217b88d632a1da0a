// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * Publishing: what entities make of their decisions for every node to hear. {@link
 * io.selvedge.actors.record.Edition} decides what is due, {@link io.selvedge.actors.record.Stand}
 * is what has been published. A record is signed once, its bytes are journaled and sent again for
 * ever. Every slot is written by one entity, and {@link io.selvedge.actors.record.Writers} says by
 * which. Knows no Akka, clock, I/O or randomness.
 */
@NullMarked
package io.selvedge.actors.record;

import org.jspecify.annotations.NullMarked;
