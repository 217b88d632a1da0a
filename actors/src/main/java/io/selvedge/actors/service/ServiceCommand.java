// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.service;

import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Payload.ServiceSpec;
import java.util.List;

/** What a Service is asked. */
public sealed interface ServiceCommand extends EntityCommand {
    @Override
    default EntityKind kind() {
        return EntityKind.SERVICE;
    }

    /** It is wanted so. */
    record Declare(Mandate mandate, ServiceSpec spec) implements ServiceCommand {}

    /** It is wanted no more. */
    record Remove(Mandate mandate) implements ServiceCommand {}

    /** The fabric holds records of this entity. */
    record Found(List<SignedRecord> records) implements ServiceCommand {
        public Found {
            records = List.copyOf(records);
        }
    }
}
