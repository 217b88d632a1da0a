// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Who was linked with whom at a moment; sites and links in order of names. */
public record Topology(Instant at, List<Site> sites, List<Link> links) {
    /** The nodes of a place; one without a site is a site of its own. */
    public record Site(String name, List<Node> nodes) {}

    public record Node(String name, List<String> roles) {}

    /** A tunnel that somebody planned. */
    public record Link(String low, String high, TunnelHealth state, Instant since) {}

    static Topology of(FabricStatus status) {
        var sites = new TreeMap<String, List<Node>>();
        for (var node : status.nodes()) {
            var site = node.site().isEmpty() ? node.name() : node.site();
            sites.computeIfAbsent(site, _ -> new ArrayList<>())
                    .add(new Node(node.name(), node.roles()));
        }
        return new Topology(
                status.at(),
                sites.entrySet().stream()
                        .map(site -> new Site(site.getKey(), List.copyOf(site.getValue())))
                        .toList(),
                status.tunnels().stream()
                        .map(each -> new Link(each.low(), each.high(), each.state(), each.since()))
                        .toList());
    }
}
