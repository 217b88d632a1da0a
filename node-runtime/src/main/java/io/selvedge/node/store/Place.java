// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

/** Where a frame lies; its size is that of the whole frame. */
record Place(StoreFile file, long at, int size) {}
