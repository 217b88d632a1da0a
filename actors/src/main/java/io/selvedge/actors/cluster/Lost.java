// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.cluster;

import io.selvedge.actors.node.Allocation;
import io.selvedge.actors.node.NodeKeys;

/** What a node had, by its own grant, before the journal was restored. */
public record Lost(String uid, String name, Allocation had, NodeKeys keys) {}
