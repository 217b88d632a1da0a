// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The authority's files: its log, its key, the registrations of nodes, and the records that a node
 * is enrolled with. {@link io.selvedge.node.authority.CloudAuthority} is the whole of it for a
 * running node, {@link io.selvedge.node.authority.Enrolment} for one step offline. What to publish
 * is decided in {@link io.selvedge.actors.authority.Authority}.
 */
@NullMarked
package io.selvedge.node.authority;

import org.jspecify.annotations.NullMarked;
