// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import org.jspecify.annotations.Nullable;

/** Where the bodies of records rest. */
@FunctionalInterface
public interface RecordBodies {
    /**
     * Reads a record.
     *
     * @param hash the {@link SignedRecord#hash} of the record
     * @return null when no such record rests here, or what rests is not what was put here
     */
    @Nullable SignedRecord read(Bytes hash);
}
