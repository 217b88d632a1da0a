// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.community;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.record.Stand;
import io.selvedge.model.Payload.Community;

/** What a Community knows. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "unknown", value = CommunityState.Unknown.class),
    @JsonSubTypes.Type(name = "wanted", value = CommunityState.Wanted.class),
    @JsonSubTypes.Type(name = "removed", value = CommunityState.Removed.class)
})
public sealed interface CommunityState {
    Mandate mandate();

    Stand stand();

    CommunityState with(Stand stand);

    /** Nobody declared it yet, though records of it may have been found. */
    record Unknown(Stand stand) implements CommunityState {
        @Override
        public Mandate mandate() {
            return Mandate.NONE;
        }

        @Override
        public CommunityState with(Stand next) {
            return new Unknown(next);
        }
    }

    /** Since it was declared. */
    record Wanted(Mandate mandate, Community community, Stand stand) implements CommunityState {
        @Override
        public CommunityState with(Stand next) {
            return new Wanted(mandate, community, next);
        }
    }

    /** Since it was wanted no more. */
    record Removed(Mandate mandate, Stand stand) implements CommunityState {
        @Override
        public CommunityState with(Stand next) {
            return new Removed(mandate, next);
        }
    }
}
