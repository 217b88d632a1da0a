// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** Tests of what the fabric actor is made of. */
@NullMarked
package io.selvedge.node.fabric;

import org.jspecify.annotations.NullMarked;
