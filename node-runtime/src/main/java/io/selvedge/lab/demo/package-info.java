// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * The demo: a lab, and eight steps that show and check what a fabric promises. {@link
 * io.selvedge.lab.demo.Demo} is the table of contents.
 */
@NullMarked
package io.selvedge.lab.demo;

import org.jspecify.annotations.NullMarked;
