// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Hlc;
import io.selvedge.model.Subject;
import java.time.Instant;

/** What a Node decided, once and for ever. Cases and fields are only ever added. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "declared", value = NodeEvent.Declared.class),
    @JsonSubTypes.Type(name = "removed", value = NodeEvent.Removed.class),
    @JsonSubTypes.Type(name = "granted", value = NodeEvent.Granted.class),
    @JsonSubTypes.Type(name = "refused", value = NodeEvent.Refused.class),
    @JsonSubTypes.Type(name = "recovered", value = NodeEvent.Recovered.class),
    @JsonSubTypes.Type(name = "published", value = NodeEvent.Published.class),
    @JsonSubTypes.Type(name = "epoch-opened", value = NodeEvent.EpochOpened.class),
    @JsonSubTypes.Type(name = "missed", value = NodeEvent.Missed.class),
    @JsonSubTypes.Type(name = "reported", value = NodeEvent.Reported.class),
    @JsonSubTypes.Type(name = "told", value = NodeEvent.Told.class)
})
public sealed interface NodeEvent {
    /** The node is wanted so, and was not before. */
    record Declared(Mandate mandate, NodeSpec spec) implements NodeEvent {}

    /** The node is wanted no more. */
    record Removed(Mandate mandate) implements NodeEvent {}

    /** The Cluster gave the node what it claimed. */
    record Granted(Claim claim, Allocation allocation) implements NodeEvent {}

    /** The Cluster refused a claim. */
    record Refused(Claim claim, String problem) implements NodeEvent {}

    /** The fabric gave a record back that a restored journal had lost. */
    record Recovered(SignedRecord record) implements NodeEvent {}

    record Published(SignedRecord record) implements NodeEvent {}

    /** The node numbers its reports from 1 again: of a former epoch none is taken any more. */
    record EpochOpened(long epoch, long nonce, Instant receivedAt) implements NodeEvent {}

    /**
     * Reports that were never taken, and that the node no longer has: a journal that was restored
     * has lost them.
     *
     * @param first up to the number {@code last}
     * @param at when the next one behind them was made, by the node's clock
     * @param hlc likewise, by the fabric's hybrid logical clock
     */
    record Missed(ReportId first, long last, Instant at, Hlc hlc, Instant receivedAt)
            implements NodeEvent {}

    /** The node reported, and it had not been heard before. */
    record Reported(ReportId id, io.selvedge.model.Reported what, Instant receivedAt)
            implements NodeEvent {}

    /** What was reported of the tunnel to a peer, up to a report, its Tunnel has journaled. */
    record Told(Subject peer, ReportId upTo) implements NodeEvent {}
}
