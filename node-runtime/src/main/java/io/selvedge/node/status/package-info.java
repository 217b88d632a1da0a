// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
/**
 * What a node tells of itself: operations counted with their causes, snapshots that actors leave,
 * and the Unix socket that answers with them as JSON.
 */
@NullMarked
package io.selvedge.node.status;

import org.jspecify.annotations.NullMarked;
