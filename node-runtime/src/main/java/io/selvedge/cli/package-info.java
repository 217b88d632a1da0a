// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** The command line: one class a command. {@code Selvedge} is the root. */
@NullMarked
package io.selvedge.cli;

import org.jspecify.annotations.NullMarked;
