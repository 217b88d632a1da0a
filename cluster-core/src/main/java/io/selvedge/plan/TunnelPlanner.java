// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import io.selvedge.plan.IpResource.PathRoute;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.IpsecResource.OwnKey;
import io.selvedge.plan.PeerPlan.Kind;
import io.selvedge.plan.PeerPlan.Via;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The peers of a node and the connections that lead to them. */
final class TunnelPlanner {
    /** IKE's port; 4500 follows from it for NAT traversal (RFC 7296). */
    private static final int IKE_PORT = 500;

    private final Subject self;
    private final View view;
    private final Believed<FabricSettings> settings;
    private final NodeDefaults defaults;

    TunnelPlanner(
            Subject self, View view, Believed<FabricSettings> settings, NodeDefaults defaults) {
        this.self = self;
        this.view = view;
        this.settings = settings;
        this.defaults = defaults;
    }

    SortedMap<Subject, PeerPlan> peers(Believed<NodeGrant> own) {
        var peers = new TreeMap<Subject, PeerPlan>();
        if (isConnector(self)) {
            view.grants().keySet().stream()
                    .filter(node -> !isConnector(node) && self.equals(carrierOf()))
                    .forEach(node -> peers.put(node, viaConnector(own, node)));
            return peers;
        }
        var connector = carrierOf();
        if (connector != null) {
            peers.put(connector, viaConnector(own, connector));
        }
        for (var community : own.says().communities()) {
            var members = view.members(community);
            if (members.contains(self)) {
                members.stream()
                        .filter(peer -> !peer.equals(self) && !isConnector(peer))
                        .forEach(
                                peer -> peers.putIfAbsent(peer, inCommunity(own, peer, community)));
            }
        }
        return peers;
    }

    SortedMap<String, Planned<IpsecResource>> resources(
            Believed<NodeGrant> own, SortedMap<Subject, PeerPlan> peers, Kind kind) {
        var resources = new ArrayList<Planned<IpsecResource>>();
        resources.add(
                new Planned<>(
                        new OwnKey(own.says().ikeKey()),
                        new Reason("proves this node in IKE", List.of(own.record()))));
        for (var peer : peers.values()) {
            if (peer.kind() == kind && peer.connection() != null) {
                resources.add(new Planned<>(peer.connection(), peer.reason()));
            }
        }
        return Plan.byKey(resources);
    }

    private boolean isConnector(Subject node) {
        var grant = view.grant(node);
        return grant != null
                && grant.says().isConnector()
                && settings.says().connectors().containsKey(node);
    }

    /** The connector that carries the fabric: of several, the first by subject. */
    private @Nullable Subject carrierOf() {
        return settings.says().connectors().keySet().stream()
                .filter(this::isConnector)
                .findFirst()
                .orElse(null);
    }

    /** One end of the tunnel between a connector and another node, which initiates. */
    private PeerPlan viaConnector(Believed<NodeGrant> own, Subject peer) {
        var theirs = grantOf(peer);
        boolean initiator = !isConnector(self);
        var fabric = settings.says();
        var all = new TreeSet<>(fabric.clusterCidrs());
        all.add(fabric.fabricCidr());
        var connection =
                new Connection(
                        own.says().name(),
                        own.says().ikeKey(),
                        theirs.says().name(),
                        theirs.says().ikeKey(),
                        initiator ? fabric.connectors().getOrDefault(peer, List.of()) : List.of(),
                        IKE_PORT,
                        initiator,
                        initiator ? selectors(own.says()) : all,
                        initiator ? all : selectors(theirs.says()));
        var reason =
                new Reason(
                        "every node holds a connector",
                        List.of(settings.record(), own.record(), theirs.record()));
        return peerPlan(peer, Kind.CONNECTOR, Via.DIRECT, connection, List.of(), reason);
    }

    private PeerPlan inCommunity(Believed<NodeGrant> own, Subject peer, String community) {
        var path = DirectPath.between(view, self, peer);
        var shared = "community " + community;
        var record = view.communities().get(community);
        var records = record == null ? List.<String>of() : List.of(record.record());
        if (path == null) {
            var reason = new Reason(shared + "; no direct way known, so by relay", records);
            return peerPlan(peer, Kind.COMMUNITY, Via.RELAY, null, List.of(), reason);
        }
        var theirs = grantOf(peer);
        boolean initiator = path.initiator().equals(self);
        List<IpAddress> addresses = initiator ? path.addresses() : List.of();
        var connection =
                new Connection(
                        own.says().name(),
                        own.says().ikeKey(),
                        theirs.says().name(),
                        theirs.says().ikeKey(),
                        addresses,
                        IKE_PORT,
                        initiator,
                        selectors(own.says()),
                        selectors(theirs.says()));
        var all = new ArrayList<>(records);
        all.addAll(path.reason().records());
        var reason = new Reason(shared + "; " + path.reason().rule(), all);
        return peerPlan(
                peer,
                Kind.COMMUNITY,
                path.via(),
                connection,
                routes(own.says(), theirs.says()),
                reason);
    }

    private PeerPlan peerPlan(
            Subject peer,
            Kind kind,
            Via via,
            @Nullable Connection connection,
            List<PathRoute> routes,
            Reason reason) {
        var says = grantOf(peer).says();
        return new PeerPlan(
                peer, says.name(), kind, says.fabricAddress(), via, connection, routes, reason);
    }

    /**
     * To pods from an own pod address, so that the host reaches them; else between fabric
     * addresses.
     */
    private List<PathRoute> routes(NodeGrant own, NodeGrant peer) {
        var routes = new ArrayList<PathRoute>();
        for (var cidr : selectors(peer)) {
            boolean pods = peer.podCidrs().contains(cidr);
            var source =
                    own.podCidrs().stream()
                            .filter(each -> pods && each.isV6() == cidr.isV6())
                            .map(Cidr::gateway)
                            .findFirst()
                            .orElse(own.fabricAddress());
            routes.add(new PathRoute(cidr, defaults.directDevice(), source));
        }
        return routes;
    }

    private Believed<NodeGrant> grantOf(Subject node) {
        var grant = view.grant(node);
        if (grant == null) {
            throw new IllegalStateException("planned a peer without a grant: " + node);
        }
        return grant;
    }

    private static SortedSet<Cidr> selectors(NodeGrant grant) {
        var selectors = new TreeSet<>(grant.podCidrs());
        selectors.add(grant.fabricAddress().asCidr());
        return selectors;
    }
}
