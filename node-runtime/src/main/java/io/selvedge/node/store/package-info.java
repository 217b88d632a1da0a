// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * What a node keeps on disk: its records, and the numbers that it must never give twice. Every
 * write is on disk before the call returns, and no crash leaves a file that cannot be read. {@link
 * io.selvedge.node.store.RecordFile} is the way in.
 */
@NullMarked
package io.selvedge.node.store;

import org.jspecify.annotations.NullMarked;
