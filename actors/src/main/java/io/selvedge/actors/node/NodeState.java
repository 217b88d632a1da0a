// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.record.Stand;
import io.selvedge.report.Inbox;
import org.jspecify.annotations.Nullable;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** What a Node knows. Immutable. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "unknown", value = NodeState.Unknown.class),
    @JsonSubTypes.Type(name = "wanted", value = NodeState.Wanted.class),
    @JsonSubTypes.Type(name = "removed", value = NodeState.Removed.class)
})
public sealed interface NodeState {
    Past past();

    /** Whatever may happen to a node, it keeps its past. */
    NodeState with(Past past);

    /** Nobody declared it yet, though it may have been found or have reported. */
    record Unknown(Past past) implements NodeState {
        @Override
        public NodeState with(Past next) {
            return new Unknown(next);
        }
    }

    /** Since it was declared. */
    record Wanted(Mandate mandate, NodeSpec spec, Past past) implements NodeState {
        @Override
        public NodeState with(Past next) {
            return new Wanted(mandate, spec, next);
        }
    }

    /** Since it was wanted no more. */
    record Removed(Mandate mandate, Past past) implements NodeState {
        @Override
        public NodeState with(Past next) {
            return new Removed(mandate, next);
        }
    }

    /**
     * What a node has of before.
     *
     * @param claim the last one that the Cluster answered with what is the node's
     * @param refused the last one that it answered with a reason, until it answers otherwise
     * @param inbox how far the node's reports were taken
     * @param untold reports of tunnels that their Tunnels have not journaled yet
     */
    record Past(
            Stand stand,
            @Nullable Claim claim,
            @Nullable Allocation allocation,
            @Nullable Claim refused,
            Inbox inbox,
            PSortedMap<ReportId, NodeEvent.Reported> untold) {
        static final Past NONE =
                new Past(Stand.EMPTY, null, null, null, Inbox.EMPTY, TreePMap.empty());

        Past with(Stand next) {
            return new Past(next, claim, allocation, refused, inbox, untold);
        }

        Past granted(Claim answered, Allocation given) {
            return new Past(stand, answered, given, null, inbox, untold);
        }

        /** What is the node's for ever stays, the claim itself does not. */
        Past dismissed() {
            return new Past(stand, null, allocation, null, inbox, untold);
        }

        Past refused(Claim answered) {
            return new Past(stand, claim, allocation, answered, inbox, untold);
        }

        Past with(Inbox taken, PSortedMap<ReportId, NodeEvent.Reported> waiting) {
            return new Past(stand, claim, allocation, refused, taken, waiting);
        }
    }
}
