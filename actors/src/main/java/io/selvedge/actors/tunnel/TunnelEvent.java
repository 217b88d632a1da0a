// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.tunnel;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What happened to a tunnel, as one of its ends tells. Cases and fields are only ever added. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "planned", value = TunnelEvent.Planned.class),
    @JsonSubTypes.Type(name = "established", value = TunnelEvent.Established.class),
    @JsonSubTypes.Type(name = "relayed", value = TunnelEvent.Relayed.class),
    @JsonSubTypes.Type(name = "lost", value = TunnelEvent.Lost.class),
    @JsonSubTypes.Type(name = "moved", value = TunnelEvent.Moved.class),
    @JsonSubTypes.Type(name = "rekeyed", value = TunnelEvent.Rekeyed.class),
    @JsonSubTypes.Type(name = "refused", value = TunnelEvent.Refused.class),
    @JsonSubTypes.Type(name = "removed", value = TunnelEvent.Removed.class)
})
public sealed interface TunnelEvent {
    Account account();

    /** An end plans it. */
    record Planned(Account account) implements TunnelEvent {}

    /** It stands, between the two ends. */
    record Established(Account account) implements TunnelEvent {}

    /** It is carried by a relay. */
    record Relayed(Account account) implements TunnelEvent {}

    /** It carries nothing. */
    record Lost(Account account) implements TunnelEvent {}

    /** An end has another address. */
    record Moved(Account account) implements TunnelEvent {}

    /** Its keys are new. */
    record Rekeyed(Account account) implements TunnelEvent {}

    /** An end would not have it. */
    record Refused(Account account) implements TunnelEvent {}

    /** An end plans it no more. */
    record Removed(Account account) implements TunnelEvent {}
}
