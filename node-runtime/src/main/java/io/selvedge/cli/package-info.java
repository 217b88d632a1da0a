// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** The command line: {@link io.selvedge.cli.Selvedge} is the root of all commands. */
@NullMarked
package io.selvedge.cli;

import org.jspecify.annotations.NullMarked;
