// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.fabric.View.Believed;
import io.selvedge.model.Payload.FabricSettings;
import io.selvedge.model.Payload.NodeGrant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a node's machine holds whoever its peers are: closed towards all prefixes of the fabric, and
 * open for what the node itself was granted.
 */
record Ground(
        SortedMap<String, Planned<IpResource>> ip,
        SortedMap<String, Planned<FilterResource>> filter,
        SortedMap<String, Planned<Conflist>> cni) {

    static Ground of(
            Believed<FabricSettings> settings,
            @Nullable Believed<NodeGrant> own,
            NodeDefaults defaults) {
        var ip = new ArrayList<Planned<IpResource>>();
        var filter = new ArrayList<Planned<FilterResource>>();
        var cni = new ArrayList<Planned<Conflist>>();
        closed(settings, defaults, ip, filter);
        if (own != null) {
            granted(own, defaults, ip, filter);
            if (!own.says().isConnector()) {
                paths(own, ip);
            }
            if (!own.says().podCidrs().isEmpty()) {
                cni.add(
                        new Planned<>(
                                new Conflist(
                                        "selvedge",
                                        defaults.bridge(),
                                        settings.says().mtu(),
                                        own.says().podCidrs()),
                                byGrant(own)));
            }
        }
        return new Ground(Plan.byKey(ip), Plan.byKey(filter), Plan.byKey(cni));
    }

    /** What fails closed comes first, and rests on the settings alone. */
    private static void closed(
            Believed<FabricSettings> settings,
            NodeDefaults defaults,
            List<Planned<IpResource>> ip,
            List<Planned<FilterResource>> filter) {
        var closed =
                new Reason("fail closed: nothing outside a tunnel", List.of(settings.record()));
        var says = settings.says();
        NodeDefaults.SYSCTLS.forEach(
                sysctl -> ip.add(new Planned<>(sysctl, new Reason("a node forwards", List.of()))));
        ip.add(new Planned<>(new IpResource.Device(defaults.ownDevice()), closed));
        filter.add(
                new Planned<>(
                        new FilterResource.Skeleton(
                                defaults.tunnelDevices(),
                                defaults.localDevices(),
                                defaults.controlPort(),
                                defaults.gatewayPort(),
                                defaults.clusterPort(),
                                defaults.apiPort()),
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

    private static Reason byGrant(Believed<NodeGrant> own) {
        return new Reason("granted to this node", List.of(own.record()));
    }

    private static void granted(
            Believed<NodeGrant> own,
            NodeDefaults defaults,
            List<Planned<IpResource>> ip,
            List<Planned<FilterResource>> filter) {
        var why = byGrant(own);
        var device = defaults.ownDevice();
        ip.add(new Planned<>(new IpResource.Address(own.says().fabricAddress(), device), why));
        for (var pods : own.says().podCidrs()) {
            ip.add(new Planned<>(new IpResource.Address(pods.gateway(), device), why));
            ip.add(new Planned<>(new IpResource.RuleToMain(pods, 100), why));
            filter.add(new Planned<>(new FilterResource.OwnPods(pods), why));
            for (var other : own.says().podCidrs()) {
                filter.add(new Planned<>(new FilterResource.Pair(pods, other), why));
            }
        }
    }

    private static void paths(Believed<NodeGrant> own, List<Planned<IpResource>> ip) {
        var why = new Reason("relay or direct: a path is a route", List.of(own.record()));
        var from = own.says().fabricAddress();
        List.of(
                        new IpResource.RuleToTable(
                                NodeDefaults.PATH_TABLE, NodeDefaults.PATH_PRIORITY),
                        new IpResource.ProbeRule(
                                from, NodeDefaults.DIRECT_TABLE, NodeDefaults.PROBE_PRIORITY),
                        new IpResource.ProbeStop(from, NodeDefaults.PROBE_PRIORITY + 1))
                .forEach(rule -> ip.add(new Planned<>(rule, why)));
    }
}
