// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/**
 * What is so, from an event on until another says otherwise. Kept as JSON: cases and fields are
 * only ever added.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "fact")
@JsonSubTypes({
    @JsonSubTypes.Type(name = "fabric", value = Fact.OfFabric.class),
    @JsonSubTypes.Type(name = "node", value = Fact.OfNode.class),
    @JsonSubTypes.Type(name = "allotted", value = Fact.Allotted.class),
    @JsonSubTypes.Type(name = "problem", value = Fact.Problem.class),
    @JsonSubTypes.Type(name = "tunnel-end", value = Fact.TunnelEnd.class),
    @JsonSubTypes.Type(name = "community", value = Fact.OfCommunity.class),
    @JsonSubTypes.Type(name = "service", value = Fact.OfService.class)
})
public sealed interface Fact {
    /** How the fabric is set up. */
    record OfFabric(
            String cluster,
            List<String> clusterCidrs,
            List<String> serviceCidrs,
            List<String> connectors)
            implements Fact {}

    /** A node is wanted, and as what. */
    record OfNode(
            String name,
            List<String> roles,
            String site,
            String zone,
            String region,
            List<String> communities)
            implements Fact {}

    /** A node has addresses. */
    record Allotted(String fabricAddress, List<String> podCidrs) implements Fact {}

    /** A node cannot have what it claims. */
    record Problem(String says) implements Fact {}

    /** A tunnel, as one of its ends, a subject, sees it; by which way, in words. */
    record TunnelEnd(String reporter, TunnelHealth health, String detail) implements Fact {}

    /** A Community is wanted; members by subject. */
    record OfCommunity(List<String> members) implements Fact {}

    /** A service is wanted. */
    record OfService(List<String> clusterIps, List<String> ports, int pods) implements Fact {}
}
