// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of the parts that measure. */
@NullMarked
package io.selvedge.sim.scale;

import org.jspecify.annotations.NullMarked;
