// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.community;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Payload.Community;

/** What a Community decided, once and for ever. Cases and fields are only ever added. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "declared", value = CommunityEvent.Declared.class),
    @JsonSubTypes.Type(name = "removed", value = CommunityEvent.Removed.class),
    @JsonSubTypes.Type(name = "recovered", value = CommunityEvent.Recovered.class),
    @JsonSubTypes.Type(name = "published", value = CommunityEvent.Published.class)
})
public sealed interface CommunityEvent {
    /** It is wanted so, and was not before. */
    record Declared(Mandate mandate, Community community) implements CommunityEvent {}

    /** It is wanted no more. */
    record Removed(Mandate mandate) implements CommunityEvent {}

    /** The fabric gave a record back that a restored journal had lost. */
    record Recovered(SignedRecord record) implements CommunityEvent {}

    record Published(SignedRecord record) implements CommunityEvent {}
}
