// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.actors.entity.EntityCommand;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.fabric.SignedRecord;
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

    /** The node reports, in any order and more than once. */
    record Take(List<NodeReport> reports, Instant receivedAt) implements NodeCommand {
        public Take {
            reports = List.copyOf(reports);
        }
    }

    /** A Tunnel has journaled what this node reported of it. */
    record Told(ReportId report) implements NodeCommand {}
}
