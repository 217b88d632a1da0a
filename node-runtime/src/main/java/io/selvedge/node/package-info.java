// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * A node: its settings, its identity, and the shell that joins the fabric actors, the drivers and
 * the cluster plane. {@link io.selvedge.node.Node} is the way in.
 */
@NullMarked
package io.selvedge.node;

import org.jspecify.annotations.NullMarked;
