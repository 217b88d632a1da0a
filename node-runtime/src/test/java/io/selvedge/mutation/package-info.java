// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * Proof that the tests can fail: each listed mutant of the core is compiled alone and has to be
 * caught. Start at {@link io.selvedge.mutation.Mutations}.
 */
@NullMarked
package io.selvedge.mutation;

import org.jspecify.annotations.NullMarked;
