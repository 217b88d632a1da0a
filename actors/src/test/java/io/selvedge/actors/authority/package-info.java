// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The reference: an authority that decides alone, in one pure function. What all entities together
 * publish must mean the same, whatever order, loss and repetition they suffer.
 */
@NullMarked
package io.selvedge.actors.authority;

import org.jspecify.annotations.NullMarked;
