// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.authority;

import io.selvedge.fabric.Possession;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import io.selvedge.model.RecordKey;

/**
 * The public keys that a node was registered with.
 *
 * @param possession what the node's {@link Possession} says to the authority; empty without one
 */
public record Registration(RecordKey recordKey, IkeKey ikeKey, Bytes possession) {
    public Registration(RecordKey recordKey, IkeKey ikeKey) {
        this(recordKey, ikeKey, Bytes.EMPTY);
    }

    /** Whether it claims no possession, or proves it to this authority. */
    boolean isHonest(RecordKey authority) {
        return possession.size() == 0
                || Possession.holds(authority, recordKey, ikeKey, possession, new RecordVerifier());
    }
}
