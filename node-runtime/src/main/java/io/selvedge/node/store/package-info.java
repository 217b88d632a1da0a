// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * What a node keeps on disk: its records, and the numbers that it must never give twice. Every
 * write is on disk before the call returns, and no crash leaves a file that cannot be read. {@link
 * io.selvedge.node.store.RecordFile} is the way in. The files lie on a {@link
 * io.selvedge.node.store.Disk}: a folder, or memory that fails as folders do.
 */
@NullMarked
package io.selvedge.node.store;

import org.jspecify.annotations.NullMarked;
