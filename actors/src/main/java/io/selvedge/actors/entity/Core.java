// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

/** A pure entity, and the class of what it is asked. */
public record Core<C extends EntityCommand, E, S>(Entity<C, E, S> entity, Class<C> commands) {}
