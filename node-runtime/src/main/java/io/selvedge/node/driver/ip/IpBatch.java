// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ip;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpResource;
import io.selvedge.plan.NodeDefaults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A difference as lines for {@code ip -batch}, in an order in which each finds what it needs. The
 * lines of rules are kept by family, because ip(8) takes that from its options alone.
 *
 * @param sysctls settings to write, {@code name=value}
 */
record IpBatch(
        List<String> first,
        List<String> rules4,
        List<String> rules6,
        List<String> last,
        List<String> sysctls) {
    /** Marks our routes and rules in the kernel. */
    static final int PROTOCOL = 83;

    /** The alias of our devices. */
    static final String ALIAS = "selvedge";

    /** Later than any other route, so that whatever leads somewhere wins. */
    static final long METRIC_UNREACHABLE = 4278198272L;

    /**
     * @param bridges names of the bridges there are, ours or not yet
     */
    static IpBatch of(Diff<IpResource> diff, Set<String> bridges) {
        var batch =
                new IpBatch(
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>(),
                        new ArrayList<>());
        diff.add().stream()
                .map(planned -> planned.resource())
                .sorted(Comparator.comparingInt(IpBatch::rank).thenComparing(IpResource::key))
                .forEach(resource -> batch.add(resource, bridges));
        diff.remove().stream()
                .map(IpKeys::parse)
                .sorted(
                        Comparator.comparingInt(IpBatch::rank)
                                .reversed()
                                .thenComparing(IpResource::key))
                .forEach(batch::remove);
        return batch;
    }

    private static int rank(IpResource resource) {
        return switch (resource) {
            case IpResource.Unreachable _ -> 0;
            case IpResource.Device _ -> 1;
            case IpResource.Address _ -> 2;
            case IpResource.DeviceRoute _ -> 3;
            case IpResource.RuleToMain _,
                    IpResource.RuleToTable _,
                    IpResource.ProbeRule _,
                    IpResource.ProbeStop _ ->
                    4;
            case IpResource.PathRoute _ -> 5;
            case IpResource.Sysctl _ -> 6;
        };
    }

    private void add(IpResource resource, Set<String> bridges) {
        switch (resource) {
            case IpResource.Unreachable(var to) -> first.add("route add " + unreachable(to));
            case IpResource.Device(var name) -> {
                if (!bridges.contains(name)) {
                    first.add("link add dev " + name + " type bridge");
                }
                first.add("link set dev " + name + " alias " + ALIAS + " up");
            }
            case IpResource.Address(var address, var device) -> {
                var nodad = address.isV6() ? " nodad" : "";
                first.add("address add " + address.asCidr() + " dev " + device + nodad);
            }
            case IpResource.DeviceRoute(var to, var device) ->
                    first.add("route add " + deviceRoute(to, device));
            case IpResource.RuleToMain(var to, var priority) ->
                    rules(to).add("rule add " + rule(to, priority));
            case IpResource.RuleToTable(var table, var priority) ->
                    rules4.add("rule add " + rule("lookup " + table, priority));
            case IpResource.ProbeRule(var from, var table, var priority) ->
                    rules4.add("rule add " + rule(probes(from) + "lookup " + table, priority));
            case IpResource.ProbeStop(var from, var priority) ->
                    rules4.add("rule add " + rule(probes(from) + "unreachable", priority));
            case IpResource.PathRoute route -> first.add("route replace " + pathRoute(route));
            case IpResource.Sysctl(var name, var value) -> sysctls.add(name + "=" + value);
        }
    }

    private void remove(IpResource resource) {
        switch (resource) {
            case IpResource.Unreachable(var to) -> last.add("route del " + unreachable(to));
            case IpResource.Device(var name) -> last.add("link del dev " + name);
            case IpResource.Address(var address, var device) ->
                    last.add("address del " + address.asCidr() + " dev " + device);
            case IpResource.DeviceRoute(var to, var device) ->
                    last.add("route del " + deviceRoute(to, device));
            case IpResource.RuleToMain(var to, var priority) ->
                    rules(to).add("rule del " + rule(to, priority));
            case IpResource.RuleToTable(var table, var priority) ->
                    rules4.add("rule del " + rule("lookup " + table, priority));
            case IpResource.ProbeRule(var from, var table, var priority) ->
                    rules4.add("rule del " + rule(probes(from) + "lookup " + table, priority));
            case IpResource.ProbeStop(var from, var priority) ->
                    rules4.add("rule del " + rule(probes(from) + "unreachable", priority));
            case IpResource.PathRoute route -> last.add("route del " + pathRoute(route));
            // A setting always has some value: another one replaces it, nothing removes it.
            case IpResource.Sysctl _ -> {}
        }
    }

    private List<String> rules(Cidr to) {
        return to.isV6() ? rules6 : rules4;
    }

    private static String unreachable(Cidr to) {
        return "unreachable %s metric %d proto %d".formatted(to, METRIC_UNREACHABLE, PROTOCOL);
    }

    private static String deviceRoute(Cidr to, String device) {
        return "%s dev %s proto %d".formatted(to, device, PROTOCOL);
    }

    private static String pathRoute(IpResource.PathRoute route) {
        return "%s dev %s src %s proto %d table %d"
                .formatted(
                        route.to(),
                        route.device(),
                        route.source(),
                        PROTOCOL,
                        NodeDefaults.PATH_TABLE);
    }

    private static String probes(IpAddress from) {
        return "from %s tos 0x%02x ".formatted(from, IpResource.PROBE_TOS);
    }

    private static String rule(Cidr to, int priority) {
        return rule("to %s lookup main".formatted(to), priority);
    }

    private static String rule(String what, int priority) {
        return "%s priority %d protocol %d".formatted(what, priority, PROTOCOL);
    }
}
