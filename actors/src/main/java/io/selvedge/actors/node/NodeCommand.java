// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Subject;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import java.time.Instant;
import java.util.List;

/** What a Node is asked. */
public sealed interface NodeCommand extends EntityCommand {
    @Override
    default EntityKind kind() {
        return EntityKind.NODE;
    }

    /** The node is wanted so. */
    record Declare(Mandate mandate, NodeSpec spec) implements NodeCommand {}

    /** The node is wanted no more. */
    record Remove(Mandate mandate) implements NodeCommand {}

    /** The Cluster's answer to a claim. */
    record Grant(Claim claim, Allocation allocation) implements NodeCommand {}

    /** The Cluster's refusal of a claim: what was given before stays. */
    record Refuse(Claim claim, String problem) implements NodeCommand {}

    /** The fabric holds records of this entity. */
    record Found(List<SignedRecord> records) implements NodeCommand {
        public Found {
            records = List.copyOf(records);
        }
    }

    /** The node asks for an epoch in which to number its reports. */
    record Open(Hello hello, Instant receivedAt) implements NodeCommand {}

    /** The node reports, in any order and more than once. */
    record Take(Batch batch, Instant receivedAt) implements NodeCommand {}

    /** The Tunnel to a peer has journaled what this node reported of it, up to a report. */
    record Told(Subject peer, ReportId upTo) implements NodeCommand {}
}
