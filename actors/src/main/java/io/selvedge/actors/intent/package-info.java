// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * From an intent to the entities that carry it out. {@link io.selvedge.actors.intent.IntentRouter}
 * is the way in; {@link io.selvedge.actors.intent.MemoryAuthority} hosts all entities in one
 * thread. Knows no Akka, clock or I/O; random numbers are an argument.
 */
@NullMarked
package io.selvedge.actors.intent;

import org.jspecify.annotations.NullMarked;
