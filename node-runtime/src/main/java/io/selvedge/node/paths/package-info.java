// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The shell of the path logic: reads associations, probes fabric addresses, and does what {@link
 * io.selvedge.paths.PathLogic} decides.
 */
@NullMarked
package io.selvedge.node.paths;

import org.jspecify.annotations.NullMarked;
