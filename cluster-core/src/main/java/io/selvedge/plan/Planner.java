// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View;
import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Cidr;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Subject;
import io.selvedge.plan.FilterResource.Pair;
import io.selvedge.plan.PeerPlan.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * From what a node believes to its plan. Total and deterministic; the plans of two nodes with equal
 * views mirror each other: the same pairs, opposite selectors, one initiator.
 */
public final class Planner {
    private final Subject self;
    private final View view;
    private final NodeDefaults defaults;
    private final Believed<FabricSettings> settings;
    private final List<Planned<IpResource>> ip = new ArrayList<>();
    private final List<Planned<FilterResource>> filter = new ArrayList<>();
    private final List<Planned<Conflist>> cni = new ArrayList<>();

    private Planner(
            Subject self, View view, NodeDefaults defaults, Believed<FabricSettings> settings) {
        this.self = self;
        this.view = view;
        this.defaults = defaults;
        this.settings = settings;
    }

    /**
     * Plans for {@code self}. Without settings nothing is planned; without a believed grant the
     * node is closed: nothing passes, no tunnel is left.
     */
    public static Plan plan(Subject self, View view, NodeDefaults defaults) {
        var settings = view.settings();
        if (settings == null) {
            var empty = new TreeMap<Subject, PeerPlan>();
            return new Plan(
                    self,
                    null,
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeMap<>(),
                    empty);
        }
        return new Planner(self, view, defaults, settings).plan();
    }

    private Plan plan() {
        planClosed();
        var own = view.grant(self);
        var tunnels = new TunnelPlanner(self, view, settings, defaults);
        if (own != null) {
            planOwn(own);
            planPairs(own);
        }
        var peers = own == null ? new TreeMap<Subject, PeerPlan>() : tunnels.peers(own);
        return new Plan(
                self,
                own == null ? null : own.says().fabricAddress(),
                Plan.byKey(ip),
                Plan.byKey(filter),
                Plan.byKey(cni),
                own == null ? new TreeMap<>() : tunnels.resources(own, peers, Kind.CONNECTOR),
                own == null ? new TreeMap<>() : tunnels.resources(own, peers, Kind.COMMUNITY),
                peers);
    }

    /** What fails closed, whatever else is known. */
    private void planClosed() {
        var says = settings.says();
        var closed =
                new Reason("fail closed: nothing outside a tunnel", List.of(settings.record()));
        NodeDefaults.SYSCTLS.forEach(
                sysctl -> ip.add(new Planned<>(sysctl, new Reason("a node forwards", List.of()))));
        ip.add(new Planned<>(new IpResource.Device(defaults.ownDevice()), closed));
        filter.add(
                new Planned<>(
                        new FilterResource.Skeleton(
                                defaults.tunnelDevices(),
                                defaults.localDevices(),
                                defaults.controlPort(),
                                defaults.clusterPort()),
                        closed));
        for (var cidr : says.clusterCidrs()) {
            ip.add(new Planned<>(new IpResource.Unreachable(cidr), closed));
            filter.add(new Planned<>(new FilterResource.Cluster(cidr), closed));
        }
        ip.add(new Planned<>(new IpResource.Unreachable(says.fabricCidr()), closed));
        filter.add(new Planned<>(new FilterResource.Fabric(says.fabricCidr()), closed));
        for (var cidr : says.serviceCidrs()) {
            ip.add(new Planned<>(new IpResource.DeviceRoute(cidr, defaults.ownDevice()), closed));
            filter.add(new Planned<>(new FilterResource.Services(cidr), closed));
        }
    }

    private void planOwn(Believed<NodeGrant> own) {
        var granted = new Reason("granted to this node", List.of(own.record()));
        var device = defaults.ownDevice();
        ip.add(new Planned<>(new IpResource.Address(own.says().fabricAddress(), device), granted));
        for (var pods : own.says().podCidrs()) {
            ip.add(new Planned<>(new IpResource.Address(pods.gateway(), device), granted));
            ip.add(new Planned<>(new IpResource.RuleToMain(pods, 100), granted));
            filter.add(new Planned<>(new FilterResource.OwnPods(pods), granted));
            for (var other : own.says().podCidrs()) {
                filter.add(new Planned<>(new Pair(pods, other), granted));
            }
        }
        if (!own.says().isConnector()) {
            var paths = new Reason("relay or direct: a path is a route", List.of(own.record()));
            var from = own.says().fabricAddress();
            List.of(
                            new IpResource.RuleToTable(
                                    NodeDefaults.PATH_TABLE, NodeDefaults.PATH_PRIORITY),
                            new IpResource.ProbeRule(
                                    from, NodeDefaults.DIRECT_TABLE, NodeDefaults.PROBE_PRIORITY),
                            new IpResource.ProbeStop(from, NodeDefaults.PROBE_PRIORITY + 1))
                    .forEach(rule -> ip.add(new Planned<>(rule, paths)));
        }
        if (!own.says().podCidrs().isEmpty()) {
            cni.add(
                    new Planned<>(
                            new Conflist(
                                    "selvedge",
                                    defaults.bridge(),
                                    settings.says().mtu(),
                                    own.says().podCidrs()),
                            granted));
        }
    }

    /** A connector relays, so it lets pass every pair that its two ends may have. */
    private void planPairs(Believed<NodeGrant> own) {
        if (own.says().isConnector()) {
            allow(pairsOfCloud(view.grants()));
            view.communities().keySet().forEach(name -> allow(pairsOf(name)));
        } else {
            allow(pairsOfCloud(view.grants()).stream().filter(this::isMine).toList());
            own.says().communities().stream()
                    .map(name -> pairsOf(name).stream().filter(this::isMine).toList())
                    .forEach(this::allow);
        }
    }

    /** Two nodes that may talk, and why. */
    private record NodePair(
            Subject a,
            Believed<NodeGrant> from,
            Subject b,
            Believed<NodeGrant> to,
            Reason reason) {}

    private boolean isMine(NodePair pair) {
        return pair.a().equals(self) || pair.b().equals(self);
    }

    private List<NodePair> pairsOfCloud(SortedMap<Subject, Believed<NodeGrant>> grants) {
        var pairs = new ArrayList<NodePair>();
        grants.forEach((a, cloud) -> {
            if (!cloud.says().isEdge()) {
                grants.forEach((b, any) -> {
                    if (!a.equals(b)) {
                        var records = List.of(cloud.record(), any.record());
                        var why = new Reason("every node with the cloud", records);
                        pairs.add(new NodePair(a, cloud, b, any, why));
                    }
                });
            }
        });
        return pairs;
    }

    private List<NodePair> pairsOf(String community) {
        var record = view.communities().get(community);
        var members = new TreeSet<>(view.members(community));
        var pairs = new ArrayList<NodePair>();
        if (record != null) {
            var why = new Reason("community " + community, List.of(record.record()));
            for (var a : members) {
                for (var b : members.tailSet(a, false)) {
                    var from = view.grants().get(a);
                    var to = view.grants().get(b);
                    if (from != null && to != null) {
                        pairs.add(new NodePair(a, from, b, to, why));
                    }
                }
            }
        }
        return pairs;
    }

    private void allow(List<NodePair> pairs) {
        for (var pair : pairs) {
            for (Cidr a : pair.from().says().podCidrs()) {
                for (Cidr b : pair.to().says().podCidrs()) {
                    filter.add(new Planned<>(new Pair(a, b), pair.reason()));
                    filter.add(new Planned<>(new Pair(b, a), pair.reason()));
                }
            }
        }
    }
}
