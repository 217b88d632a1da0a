// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

/** A command for an entity. It may get lost, arrive again, or be overtaken. */
public record Tell(EntityId to, EntityCommand command) {
    public Tell(String id, EntityCommand command) {
        this(new EntityId(command.kind(), id), command);
    }
}
