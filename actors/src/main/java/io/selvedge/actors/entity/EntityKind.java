// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.entity;

/** The kinds of entities; each is a type of shards. */
public enum EntityKind {
    CLUSTER,
    NODE,
    TUNNEL,
    SERVICE,
    COMMUNITY
}
