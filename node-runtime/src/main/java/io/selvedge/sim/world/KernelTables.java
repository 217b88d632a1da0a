// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.world;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.FilterResource;
import io.selvedge.plan.IpResource;
import io.selvedge.sim.ike.Packet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a kernel does with packets, read from the resources that stand in it.
 *
 * @param filtered whether our filter stands; without it every packet passes
 * @param guarded the prefixes that the filter protects, and that its last look lets leave by
 *     tunnels only
 * @param unreachable the prefixes that are unreachable when no tunnel leads there
 * @param pathRules whether packets are routed by the paths that carry
 * @param probeRules whether probes of direct tunnels take them
 * @param probeStops whether they take nothing else
 * @param pods the prefixes of the pod network; empty when there is none
 * @param judged what the filter said before; grows as it is asked
 */
public record KernelTables(
        boolean filtered,
        List<Cidr> guarded,
        List<Cidr> fabric,
        Set<FilterResource.Pair> pairs,
        List<Cidr> unreachable,
        List<IpAddress> addresses,
        List<Cidr> paths,
        boolean pathRules,
        boolean probeRules,
        boolean probeStops,
        List<Cidr> pods,
        Map<Ends, Boolean> judged) {

    /** The ends of packets that were judged once. */
    public record Ends(IpAddress source, IpAddress destination) {}

    static KernelTables of(Machine machine) {
        var guarded = new ArrayList<Cidr>();
        var fabric = new ArrayList<Cidr>();
        var pairs = new HashSet<FilterResource.Pair>();
        boolean filtered = false;
        for (var resource : machine.filter().standing()) {
            switch (resource) {
                case FilterResource.Skeleton _ -> filtered = true;
                case FilterResource.Pair pair -> pairs.add(pair);
                case FilterResource.Cluster(var cidr) -> guarded.add(cidr);
                case FilterResource.Fabric(var cidr) -> {
                    guarded.add(cidr);
                    fabric.add(cidr);
                }
                case FilterResource.OwnPods _, FilterResource.Services _ -> {}
            }
        }
        var unreachable = new ArrayList<Cidr>();
        var addresses = new ArrayList<IpAddress>();
        boolean pathRules = false;
        boolean probeRules = false;
        boolean probeStops = false;
        for (var resource : machine.ip().standing()) {
            switch (resource) {
                case IpResource.Unreachable(var to) -> unreachable.add(to);
                case IpResource.Address(var address, _) -> addresses.add(address);
                case IpResource.RuleToTable _ -> pathRules = true;
                case IpResource.ProbeRule _ -> probeRules = true;
                case IpResource.ProbeStop _ -> probeStops = true;
                default -> {}
            }
        }
        var paths = new ArrayList<Cidr>();
        for (var resource : machine.paths().standing()) {
            if (resource instanceof IpResource.PathRoute(var to, _, _)) {
                paths.add(to);
            }
        }
        var pods = new ArrayList<Cidr>();
        machine.cni().standing().forEach(conflist -> pods.addAll(conflist.podCidrs()));
        return new KernelTables(
                filtered,
                guarded,
                fabric,
                pairs,
                unreachable,
                addresses,
                paths,
                pathRules,
                probeRules,
                probeStops,
                pods,
                new HashMap<>());
    }

    /** Whether the filter lets a packet pass, wherever it comes from. */
    boolean lets(Packet packet) {
        if (!filtered) {
            return true;
        }
        if (packet.kind() != Packet.Kind.POD
                && Machine.holds(fabric, packet.source())
                && Machine.holds(fabric, packet.destination())) {
            return true;
        }
        var ends = new Ends(packet.source(), packet.destination());
        return judged.computeIfAbsent(ends, this::judge);
    }

    private boolean judge(Ends ends) {
        for (var pair : pairs) {
            if (pair.source().contains(ends.source())
                    && pair.destination().contains(ends.destination())) {
                return true;
            }
        }
        return !Machine.holds(guarded, ends.source())
                && !Machine.holds(guarded, ends.destination());
    }

    boolean isLocal(IpAddress address) {
        return addresses.contains(address) || Machine.holds(pods, address);
    }
}
