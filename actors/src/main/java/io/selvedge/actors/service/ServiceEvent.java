// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.service;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Payload.ServiceSpec;

/** What a Service decided, once and for ever. Cases and fields are only ever added. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "declared", value = ServiceEvent.Declared.class),
    @JsonSubTypes.Type(name = "removed", value = ServiceEvent.Removed.class),
    @JsonSubTypes.Type(name = "recovered", value = ServiceEvent.Recovered.class),
    @JsonSubTypes.Type(name = "published", value = ServiceEvent.Published.class)
})
public sealed interface ServiceEvent {
    /** It is wanted so, and was not before. */
    record Declared(Mandate mandate, ServiceSpec spec) implements ServiceEvent {}

    /** It is wanted no more. */
    record Removed(Mandate mandate) implements ServiceEvent {}

    /** The fabric gave a record back that a restored journal had lost. */
    record Recovered(SignedRecord record) implements ServiceEvent {}

    record Published(SignedRecord record) implements ServiceEvent {}
}
