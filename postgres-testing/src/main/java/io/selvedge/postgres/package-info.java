// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** A PostgreSQL server for tests, from Debian's packages, that never outlives them. */
@NullMarked
package io.selvedge.postgres;

import org.jspecify.annotations.NullMarked;
