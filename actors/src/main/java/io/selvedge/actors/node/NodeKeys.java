// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import io.selvedge.model.RecordKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The public keys that a node is registered with.
 *
 * @param possession what the node's {@link io.selvedge.fabric.Possession} says to the authority;
 *     empty without one
 */
public record NodeKeys(
        RecordKey recordKey,
        IkeKey ikeKey,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Bytes possession) {
    /** Journals from before there were proofs have none. */
    public NodeKeys(RecordKey recordKey, IkeKey ikeKey, @Nullable Bytes possession) {
        this.recordKey = recordKey;
        this.ikeKey = ikeKey;
        this.possession = Objects.requireNonNullElse(possession, Bytes.EMPTY);
    }

    public NodeKeys(RecordKey recordKey, IkeKey ikeKey) {
        this(recordKey, ikeKey, Bytes.EMPTY);
    }
}
