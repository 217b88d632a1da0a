// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The shell around the authority's entities: each lives once, on some cloud node, and moves when
 * that node is gone. {@link io.selvedge.actors.sharding.Sharding} is the way in.
 */
@NullMarked
package io.selvedge.actors.sharding;

import org.jspecify.annotations.NullMarked;
