// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.model.Cidr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counters of packets that should never be seen: to a cluster, service or fabric address, outside
 * ESP. They stand on the WAN router, on both sides of each box and on each LAN bridge, before any
 * node starts, and each has been seen to count.
 */
public final class ClearTextCounters {
    private final LabPaths paths;
    private final Topology topology;
    private final List<Cidr> guarded;

    ClearTextCounters(LabPaths paths, Topology topology, Collection<Cidr> guarded) {
        this.paths = paths;
        this.topology = topology;
        this.guarded = List.copyOf(guarded);
    }

    /** Sets them up, sends a canary through each, and sets them to zero. */
    void install() {
        routers().forEach(name -> paths.netns(name).nft(script(name)));
        var deaf = canaries();
        if (!deaf.isEmpty()) {
            throw new LabException(
                    "the clear-text counters %s did not count a canary; look at 'nft list ruleset'"
                                    .formatted(deaf)
                            + " in their namespaces");
        }
        routers().forEach(name -> paths.netns(name).must("nft", "reset", "counters"));
    }

    /** Packets seen since the start, by counter, as {@code box-plant-a lan}. */
    public SortedMap<String, Long> read() {
        var all = new TreeMap<String, Long>();
        for (var name : routers()) {
            var text = paths.netns(name).must("nft", "-j", "list", "counters");
            var found = counters(text);
            for (var counter : expected(name)) {
                var packets = found.get(counter);
                if (packets == null) {
                    throw new LabException(
                            "the clear-text counter '%s' of %s is gone; start the lab anew"
                                    .formatted(counter, name));
                }
                all.put(name + " " + counter, packets);
            }
        }
        return all;
    }

    public static long total(SortedMap<String, Long> packets) {
        return packets.values().stream().mapToLong(Long::longValue).sum();
    }

    private List<String> routers() {
        var names = new ArrayList<>(List.of(Topology.WAN));
        topology.sites().forEach(site -> names.add(site.box()));
        return names;
    }

    private static List<String> expected(String router) {
        return router.equals(Topology.WAN)
                ? List.of("router")
                : List.of("frames", "from-lan", "from-wan");
    }

    String script(String router) {
        if (router.equals(Topology.WAN)) {
            return "table inet watch {\n\tcounter router { }\n"
                    + chain("prerouting", "", "router")
                    + "}\n";
        }
        return "table inet watch {\n\tcounter from-lan { }\n\tcounter from-wan { }\n"
                + chain(
                        "prerouting",
                        "iifname \"lan\" ",
                        "from-lan",
                        "iifname \"wan\" ",
                        "from-wan")
                + "}\ntable bridge watch {\n\tcounter frames { }\n"
                + chain("prerouting", "", "frames")
                + "}\n";
    }

    private String chain(String hook, String... matchesAndCounters) {
        var text = new StringBuilder("\tchain seen {\n\t\ttype filter hook ");
        text.append(hook).append(" priority -450; policy accept;\n");
        for (int i = 0; i < matchesAndCounters.length; i += 2) {
            for (var cidr : guarded) {
                text.append(
                        "\t\t%s%s daddr %s counter name \"%s\"\n"
                                .formatted(
                                        matchesAndCounters[i],
                                        cidr.isV6() ? "ip6" : "ip",
                                        cidr,
                                        matchesAndCounters[i + 1]));
            }
        }
        return text.append("\t}\n").toString();
    }

    /**
     * From each LAN to each guarded prefix, and from the WAN router to each through each box. The
     * answer is which counters have not seen all that came their way.
     */
    private List<String> canaries() {
        var v4 = guarded.stream().filter(cidr -> !cidr.isV6()).toList();
        var pings = new ArrayList<List<String>>();
        var routes = new ArrayList<String>();
        var wan = paths.netns(Topology.WAN);
        for (var site : topology.sites()) {
            var node = paths.netns(topology.nodesOf(site.name()).getFirst().name());
            for (var cidr : v4) {
                var target = cidr.address(9L + topology.sites().indexOf(site));
                pings.add(node.command(ping(target.toString())));
                routes.add("%s via %s".formatted(target, topology.boxSide(site)));
                pings.add(wan.command(ping(target.toString())));
            }
        }
        // Any interface but the uplinks would leave the packet at the router: it has no such route.
        wan.ip(routes.stream().map(route -> "route add " + route).toList());
        try (var all = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            pings.forEach(ping -> all.execute(() -> Exec.run(ping, "")));
        }
        wan.ip(routes.stream().map(route -> "route del " + route).toList());
        return read().entrySet().stream()
                .filter(counter -> counter.getValue() < v4.size())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<String> ping(String address) {
        return List.of("ping", "-n", "-c", "1", "-W", "0.2", "-t", "2", address);
    }

    private static Map<String, Long> counters(String json) {
        var packets = new TreeMap<String, Long>();
        try {
            var lines = JSON.std.mapFrom(json).get("nftables");
            if (lines instanceof List<?> entries) {
                for (var entry : entries) {
                    if (entry instanceof Map<?, ?> line
                            && line.get("counter") instanceof Map<?, ?> counter
                            && counter.get("packets") instanceof Number count) {
                        packets.put(String.valueOf(counter.get("name")), count.longValue());
                    }
                }
            }
        } catch (IOException wrong) {
            throw new LabException("nft does not speak JSON: " + wrong.getMessage(), wrong);
        }
        return packets;
    }
}
