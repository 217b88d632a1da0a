// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The entity Node: whether a node is of the fabric, and as what, and what it reports of itself.
 * {@link io.selvedge.actors.node.NodeEntity} is the way in. Knows no Akka, clock, I/O or
 * randomness.
 */
@NullMarked
package io.selvedge.actors.node;

import org.jspecify.annotations.NullMarked;
