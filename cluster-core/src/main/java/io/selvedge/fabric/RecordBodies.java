// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import org.jspecify.annotations.Nullable;

/** Port: where the bodies of records rest that are no longer on the heap. */
@FunctionalInterface
public interface RecordBodies {
    /**
     * The record with this {@link SignedRecord#hash}. Null when it does not rest here: then it
     * counts as absent wherever its body is needed.
     */
    @Nullable SignedRecord read(Bytes hash);
}
