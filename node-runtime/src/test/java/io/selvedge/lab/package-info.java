// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of the lab: pure parts by example, and one real network without nodes. */
@NullMarked
package io.selvedge.lab;

import org.jspecify.annotations.NullMarked;
