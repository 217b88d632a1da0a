// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** What tests of records share: made-up values, and keys that are the same on every run. */
@NullMarked
package io.selvedge.testing;

import org.jspecify.annotations.NullMarked;
