// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors

/** The command {@code selvedge simulate}: the code that ships, in virtual time, from one seed. */
@NullMarked
package io.selvedge.sim;

import org.jspecify.annotations.NullMarked;
