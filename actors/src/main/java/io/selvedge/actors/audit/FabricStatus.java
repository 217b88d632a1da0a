// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import io.selvedge.actors.audit.Fact.OfFabric;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fabric as it was at a moment; lists in order of names.
 *
 * @param fabric null before the fabric was
 */
public record FabricStatus(
        Instant at,
        @Nullable OfFabric fabric,
        List<Node> nodes,
        List<Tunnel> tunnels,
        List<Community> communities,
        List<Service> services) {
    public FabricStatus {
        nodes = List.copyOf(nodes);
        tunnels = List.copyOf(tunnels);
        communities = List.copyOf(communities);
        services = List.copyOf(services);
    }

    /**
     * A node that was wanted.
     *
     * @param fabricAddress null until it is given one
     * @param problem why it is given none; null when there is nothing wrong
     */
    public record Node(
            String name,
            String subject,
            Instant since,
            List<String> roles,
            String site,
            String zone,
            String region,
            List<String> communities,
            @Nullable String fabricAddress,
            List<String> podCidrs,
            @Nullable String problem) {}

    /** A tunnel by the names of its ends, in the worse of the two states that they see it in. */
    public record Tunnel(
            String low, String high, TunnelHealth state, Instant since, List<End> ends) {}

    /** What one end of a tunnel sees. */
    public record End(String reporter, TunnelHealth state, String detail, Instant since) {}

    /** A Community, with the names of its members. */
    public record Community(String name, Instant since, List<String> members) {}

    /** A service, with how many pods it has. */
    public record Service(
            String name, Instant since, List<String> clusterIps, List<String> ports, int pods) {}
}
