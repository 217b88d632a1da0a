// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.selvedge.actors.entity.Cause;
import io.selvedge.actors.tunnel.TunnelChange;
import io.selvedge.model.Subject;
import java.time.Instant;

/**
 * What a node decided or observed.
 *
 * @param at by the node's clock
 * @param hlc by the fabric's hybrid logical clock, in its text form, which sorts as it ticks
 */
public record NodeReport(ReportId id, Instant at, String hlc, Cause cause, Matter matter) {
    /** What a report is about. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "matter")
    @JsonSubTypes({
        @JsonSubTypes.Type(name = "tunnel", value = OfTunnel.class),
        @JsonSubTypes.Type(name = "missing", value = Missing.class),
        @JsonSubTypes.Type(name = "other", value = Other.class)
    })
    public sealed interface Matter {}

    /**
     * The tunnel to a peer is in another state.
     *
     * @param detail by which path, or why, in words; may be empty
     */
    public record OfTunnel(Subject peer, TunnelChange change, String detail) implements Matter {}

    /** Reports that the node gave up for want of space: their numbers will not come. */
    public record Missing(long from, long to) implements Matter {}

    /** Anything that concerns the node alone: a plan, a record it refused, drift it healed. */
    public record Other(String kind, String says) implements Matter {}
}
