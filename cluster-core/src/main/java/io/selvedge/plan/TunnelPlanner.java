// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.plan.IpResource.PathRoute;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.PeerPlan.Kind;
import io.selvedge.plan.PeerPlan.Via;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The tunnel between two nodes, seen from one of them. A function of its arguments; with the ends
 * exchanged it gives the mirror image.
 */
record TunnelPlanner(Believed<FabricSettings> settings, NodeDefaults defaults) {
    /** IKE's port; 4500 follows from it for NAT traversal (RFC 7296). */
    private static final int IKE_PORT = 500;

    PeerPlan plan(Bond bond, End here, End there) {
        return switch (bond.kind()) {
            case CONNECTOR -> viaConnector(bond, here, there);
            case COMMUNITY -> direct(bond, here, here.prefixes(), there, there.prefixes());
            case BACKBONE -> direct(bond, here, here.address(), there, there.address());
        };
    }

    /** One end of the tunnel between a connector and another node, which initiates. */
    private PeerPlan viaConnector(Bond bond, End here, End there) {
        var fabric = settings.says();
        boolean initiator =
                !(here.says().isConnector() && fabric.connectors().containsKey(here.node()));
        var all = new TreeSet<>(fabric.clusterCidrs());
        all.add(fabric.fabricCidr());
        List<IpAddress> addresses =
                initiator ? fabric.connectors().getOrDefault(there.node(), List.of()) : List.of();
        var connection =
                connection(
                        here,
                        there,
                        addresses,
                        initiator,
                        initiator ? here.prefixes() : all,
                        initiator ? all : there.prefixes());
        var records = List.of(settings.record(), here.grant().record(), there.grant().record());
        return peer(
                bond.kind(),
                there,
                Via.DIRECT,
                connection,
                List.of(),
                new Reason(bond.rule(), records));
    }

    private PeerPlan direct(
            Bond bond, End here, SortedSet<Cidr> local, End there, SortedSet<Cidr> remote) {
        var records = new LinkedHashSet<>(bond.records());
        if (bond.kind() == Kind.BACKBONE) {
            records.addAll(List.of(here.grant().record(), there.grant().record()));
        }
        var path = DirectPath.between(here, there);
        if (path == null) {
            var rule = bond.rule() + "; no direct way known, so by relay";
            var reason = new Reason(rule, List.copyOf(records));
            return peer(bond.kind(), there, Via.RELAY, null, List.of(), reason);
        }
        boolean initiator = path.initiator().equals(here.node());
        var addresses = initiator ? path.addresses() : List.<IpAddress>of();
        records.addAll(path.reason().records());
        return peer(
                bond.kind(),
                there,
                path.via(),
                connection(here, there, addresses, initiator, local, remote),
                routes(here, there, remote),
                new Reason(bond.rule() + "; " + path.reason().rule(), List.copyOf(records)));
    }

    private static Connection connection(
            End here,
            End there,
            List<IpAddress> addresses,
            boolean initiator,
            SortedSet<Cidr> local,
            SortedSet<Cidr> remote) {
        return new Connection(
                here.says().name(),
                here.says().ikeKey(),
                there.says().name(),
                there.says().ikeKey(),
                addresses,
                IKE_PORT,
                initiator,
                local,
                remote);
    }

    private static PeerPlan peer(
            Kind kind,
            End there,
            Via via,
            @Nullable Connection connection,
            List<PathRoute> routes,
            Reason reason) {
        return new PeerPlan(
                there.node(),
                there.says().name(),
                kind,
                there.says().fabricAddress(),
                via,
                connection,
                routes,
                reason);
    }

    /**
     * To pods from an own pod address, so that the host reaches them; else between fabric
     * addresses.
     */
    private List<PathRoute> routes(End here, End there, SortedSet<Cidr> remote) {
        var routes = new ArrayList<PathRoute>();
        for (var cidr : remote) {
            boolean pods = there.says().podCidrs().contains(cidr);
            var source =
                    here.says().podCidrs().stream()
                            .filter(each -> pods && each.isV6() == cidr.isV6())
                            .map(Cidr::gateway)
                            .findFirst()
                            .orElse(here.says().fabricAddress());
            routes.add(new PathRoute(cidr, defaults.directDevice(), source));
        }
        return routes;
    }
}
