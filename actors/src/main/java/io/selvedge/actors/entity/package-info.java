// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * What every entity of the authority is made of. {@link io.selvedge.actors.entity.Entity} is the
 * way in: a pure core that an actor, or a test, hosts. Knows no Akka, clock, I/O or randomness.
 */
@NullMarked
package io.selvedge.actors.entity;

import org.jspecify.annotations.NullMarked;
