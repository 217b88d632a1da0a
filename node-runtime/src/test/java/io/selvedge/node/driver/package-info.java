// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** What every driver promises, proven on memory twins and on the real machine alike. */
@NullMarked
package io.selvedge.node.driver;

import org.jspecify.annotations.NullMarked;
