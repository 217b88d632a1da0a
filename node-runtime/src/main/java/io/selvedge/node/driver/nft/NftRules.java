// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.nft;

import io.selvedge.plan.FilterResource;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The chains of our table, as text for nft(8). Protected are cluster, fabric and service prefixes;
 * packets of others pass. No rule trusts an established connection between protected addresses, so
 * that a pair that goes stops its connections at once.
 */
final class NftRules {
    /** What is dropped, by reason, in the order in which nft lists them. */
    static final List<String> COUNTERS =
            List.of("clear_dropped", "pair_dropped", "service_dropped", "spoof_dropped");

    private static final Pattern DEVICE = Pattern.compile("[A-Za-z0-9_.-]{1,15}");
    private static final List<FilterSet> PROTECTED =
            List.of(FilterSet.CLUSTER, FilterSet.FABRIC, FilterSet.SERVICES);

    private final StringBuilder text = new StringBuilder();
    private final FilterResource.Skeleton skeleton;
    private final String local;
    private final String inside;

    private NftRules(FilterResource.Skeleton skeleton) {
        var devices = new TreeSet<>(skeleton.localDevices());
        this.skeleton = skeleton;
        this.local = names(devices);
        devices.addAll(skeleton.tunnelDevices());
        devices.add("lo");
        this.inside = names(devices);
    }

    static String render(FilterResource.Skeleton skeleton) {
        var rules = new NftRules(skeleton);
        rules.hooks();
        rules.judge();
        rules.fabric();
        rules.spoof();
        rules.backstop();
        rules.masquerade();
        return rules.text.toString();
    }

    private void hooks() {
        chain("forward", "type filter hook forward priority filter; policy accept;", "jump judge");
        chain(
                "input",
                "type filter hook input priority filter; policy accept;",
                "iifname \"lo\" accept",
                "jump judge");
        var output = new ArrayList<>(List.of("oifname \"lo\" accept"));
        if (!skeleton.localDevices().isEmpty()) {
            // A bridge reports its multicast groups from whatever address it has.
            output.add("oifname " + local + " ip daddr 224.0.0.0/24 accept");
            output.add("oifname " + local + " ip6 daddr ff02::/16 accept");
        }
        output.add("jump judge");
        chain(
                "output",
                "type filter hook output priority filter; policy accept;",
                output.toArray(String[]::new));
    }

    /** Own pods may talk to what is not protected, which answers, and reaches published ports. */
    private void judge() {
        var lines = new ArrayList<String>();
        lines.add(
                "icmpv6 type { nd-router-solicit, nd-router-advert, nd-neighbor-solicit,"
                        + " nd-neighbor-advert } ip6 hoplimit 255 accept");
        families("IP saddr . IP daddr @pairsN accept", lines);
        families("IP daddr @servicesN counter name \"service_dropped\" drop", lines);
        families("IP saddr @fabricN IP daddr @fabricN jump fabric", lines);
        lines.add(
                "icmp type { destination-unreachable, time-exceeded, parameter-problem }"
                        + " ct state related accept");
        lines.add(
                "icmpv6 type { destination-unreachable, packet-too-big, time-exceeded,"
                        + " parameter-problem } ct state related accept");
        families("IP saddr @ownN " + unprotected("daddr") + " accept", lines);
        var answer = "IP daddr @ownN " + unprotected("saddr");
        families(answer + " ct state established,related accept", lines);
        families(answer + " ct status dnat accept", lines);
        touching("counter name \"pair_dropped\" drop", lines);
        chain("judge", "", lines.toArray(String[]::new));
    }

    /** Between fabric addresses; an answer of a TCP port never opens a connection. */
    private void fabric() {
        var lines = new ArrayList<String>();
        lines.add("udp dport " + skeleton.controlPort() + " accept");
        lines.add("udp dport " + skeleton.gatewayPort() + " accept");
        service(skeleton.clusterPort(), lines);
        if (skeleton.apiPort() != 0) {
            service(skeleton.apiPort(), lines);
        }
        lines.add("icmp type { echo-request, echo-reply } accept");
        lines.add("icmpv6 type { echo-request, echo-reply } accept");
        chain("fabric", "", lines.toArray(String[]::new));
    }

    private static void service(int port, List<String> lines) {
        lines.add("tcp dport " + port + " accept");
        lines.add("tcp sport " + port + " tcp flags & (fin | syn | rst | ack) != syn accept");
    }

    /** Before any translation: who may claim a protected address, by where the packet came from. */
    private void spoof() {
        var lines = new ArrayList<String>();
        lines.add("iifname \"lo\" accept");
        lines.add("iifname " + names(skeleton.tunnelDevices()) + " goto spoof_tunnel");
        if (!skeleton.localDevices().isEmpty()) {
            lines.add("iifname " + local + " goto spoof_local");
        }
        touching("counter name \"spoof_dropped\" drop", lines);
        chain("spoof_tunnel", "", family("IP saddr @ownN counter name \"spoof_dropped\" drop"));
        var locals = new ArrayList<String>();
        for (var set : PROTECTED) {
            var claimed = "IP saddr != @ownN IP saddr @" + set.in("N");
            families(claimed + " counter name \"spoof_dropped\" drop", locals);
        }
        chain("spoof_local", "", locals.toArray(String[]::new));
        chain(
                "spoof",
                "type filter hook prerouting priority raw; policy accept;",
                lines.toArray(String[]::new));
    }

    /** After all translation: the last look at where a packet to a protected address leaves. */
    private void backstop() {
        var lines = new ArrayList<String>();
        families("IP daddr @servicesN counter name \"service_dropped\" drop", lines);
        for (var set : List.of(FilterSet.CLUSTER, FilterSet.FABRIC)) {
            var leaves = "oifname != " + inside + " IP daddr @" + set.in("N");
            families(leaves + " counter name \"clear_dropped\" drop", lines);
        }
        chain(
                "backstop",
                "type filter hook postrouting priority srcnat + 10; policy accept;",
                lines.toArray(String[]::new));
    }

    private void masquerade() {
        var lines = "oifname != " + inside + " IP saddr @ownN " + unprotected("daddr");
        chain(
                "translate",
                "type nat hook postrouting priority srcnat; policy accept;",
                family(lines + " masquerade"));
    }

    private static String unprotected(String side) {
        return PROTECTED.stream()
                .map(set -> "IP " + side + " != @" + set.in("N"))
                .collect(Collectors.joining(" "));
    }

    private static void touching(String verdict, List<String> lines) {
        for (var set : PROTECTED) {
            families("IP saddr @" + set.in("N") + " " + verdict, lines);
            families("IP daddr @" + set.in("N") + " " + verdict, lines);
        }
    }

    private static void families(String line, List<String> lines) {
        lines.addAll(List.of(family(line)));
    }

    private static String[] family(String line) {
        return new String[] {
            line.replace("IP", "ip").replaceAll("(@[a-z]+)N\\b", "$14"),
            line.replace("IP", "ip6").replaceAll("(@[a-z]+)N\\b", "$16")
        };
    }

    private void chain(String name, String hook, String... lines) {
        text.append("\tchain ").append(name).append(" {\n");
        if (!hook.isEmpty()) {
            text.append("\t\t").append(hook).append('\n');
        }
        for (var line : lines) {
            text.append("\t\t").append(line).append('\n');
        }
        text.append("\t}\n");
    }

    private static String names(SortedSet<String> devices) {
        return devices.stream()
                .map(name -> '"' + device(name) + '"')
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private static String device(String name) {
        if (!DEVICE.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is not a device name");
        }
        return name;
    }
}
