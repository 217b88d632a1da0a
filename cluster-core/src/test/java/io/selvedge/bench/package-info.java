// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/** JMH benchmarks of what a node does for each record; run under the Maven profile bench. */
@NullMarked
package io.selvedge.bench;

import org.jspecify.annotations.NullMarked;
