// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of the command that simulates: small fabrics, from the options to the figures. */
@NullMarked
package io.selvedge.sim;

import org.jspecify.annotations.NullMarked;
