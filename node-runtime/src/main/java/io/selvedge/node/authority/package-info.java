// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The authority's files: its key, the registrations of nodes, and the records that a node is
 * enrolled with. {@link io.selvedge.node.authority.CloudAuthority} is the whole of it for a running
 * cloud node, {@link io.selvedge.node.authority.Enrolment} for one step offline.
 */
@NullMarked
package io.selvedge.node.authority;

import org.jspecify.annotations.NullMarked;
