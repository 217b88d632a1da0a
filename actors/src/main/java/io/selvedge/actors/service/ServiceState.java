// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.service;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.record.Stand;
import io.selvedge.model.Payload.ServiceSpec;

/** What a Service knows. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "unknown", value = ServiceState.Unknown.class),
    @JsonSubTypes.Type(name = "wanted", value = ServiceState.Wanted.class),
    @JsonSubTypes.Type(name = "removed", value = ServiceState.Removed.class)
})
public sealed interface ServiceState {
    Mandate mandate();

    Stand stand();

    ServiceState with(Stand stand);

    /** Nobody declared it yet, though records of it may have been found. */
    record Unknown(Stand stand) implements ServiceState {
        @Override
        public Mandate mandate() {
            return Mandate.NONE;
        }

        @Override
        public ServiceState with(Stand next) {
            return new Unknown(next);
        }
    }

    /** Since it was declared. */
    record Wanted(Mandate mandate, ServiceSpec spec, Stand stand) implements ServiceState {
        @Override
        public ServiceState with(Stand next) {
            return new Wanted(mandate, spec, next);
        }
    }

    /** Since it was wanted no more. */
    record Removed(Mandate mandate, Stand stand) implements ServiceState {
        @Override
        public ServiceState with(Stand next) {
            return new Removed(mandate, next);
        }
    }
}
