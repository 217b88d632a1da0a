// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.community;

import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Payload.Community;
import java.util.List;

/** What a Community is asked. */
public sealed interface CommunityCommand extends EntityCommand {
    @Override
    default EntityKind kind() {
        return EntityKind.COMMUNITY;
    }

    /** It is wanted so. */
    record Declare(Mandate mandate, Community community) implements CommunityCommand {}

    /** It is wanted no more. */
    record Remove(Mandate mandate) implements CommunityCommand {}

    /** The fabric holds records of this entity. */
    record Found(List<SignedRecord> records) implements CommunityCommand {
        public Found {
            records = List.copyOf(records);
        }
    }
}
