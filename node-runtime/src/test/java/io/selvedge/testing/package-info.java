// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Fixtures for tests on a real kernel. */
@NullMarked
package io.selvedge.testing;

import org.jspecify.annotations.NullMarked;
