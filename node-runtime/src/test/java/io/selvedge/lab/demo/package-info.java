// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of the demo's pure parts. */
@NullMarked
package io.selvedge.lab.demo;

import org.jspecify.annotations.NullMarked;
