// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;

/** Tells whether a key signed bytes. The simulator has a cheap one of its own. */
@FunctionalInterface
public interface Verifier {
    boolean verify(RecordKey key, Bytes bytes, Bytes signature);

    /**
     * Whether its writer signed the record, and any proof in it holds; not whether the writer may
     * say so.
     */
    default boolean verify(SignedRecord record) {
        return verify(record.header().writer(), record.body(), record.signature())
                && Possession.isHonest(record, this);
    }
}
