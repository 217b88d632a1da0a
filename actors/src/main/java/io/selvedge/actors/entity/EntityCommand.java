// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

/** A command of an entity; each kind of entity has a sealed family of them. */
public interface EntityCommand {
    EntityKind kind();
}
