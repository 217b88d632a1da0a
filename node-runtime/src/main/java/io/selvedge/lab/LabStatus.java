// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The state of a lab, taken at one moment: what each node says of itself, the cuts, and the
 * clear-text packets seen. A node that does not answer is down.
 */
public final class LabStatus {
    private final String lab;
    private final Fabric fabric;
    private final Map<String, @Nullable NodeStatus> nodes;
    private final List<String> cuts;
    private final long clearTextPackets;

    LabStatus(
            String lab,
            Fabric fabric,
            Map<String, @Nullable NodeStatus> nodes,
            List<String> cuts,
            long clearTextPackets) {
        this.lab = lab;
        this.fabric = fabric;
        this.nodes = nodes;
        this.cuts = cuts;
        this.clearTextPackets = clearTextPackets;
    }

    static LabStatus of(Lab lab) {
        return new LabStatus(
                lab.name(),
                lab.fabric(),
                lab.statuses(),
                lab.cuts().stream().map(Cut::toString).toList(),
                ClearTextCounters.total(lab.counters().read()));
    }

    public String json() {
        var documents = new ArrayList<Map<String, Object>>();
        nodes.forEach(
                (name, status) -> documents.add(status == null ? down(name) : status.document()));
        var all = new LinkedHashMap<String, Object>();
        all.put("lab", lab);
        all.put("nodes", documents);
        all.put("cuts", cuts);
        all.put("clearTextPackets", clearTextPackets);
        try {
            return JSON.std
                            .with(
                                    JSON.Feature.PRETTY_PRINT_OUTPUT,
                                    JSON.Feature.WRITE_NULL_PROPERTIES)
                            .asString(all)
                    + "\n";
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private Map<String, Object> down(String node) {
        var member = fabric.member(node);
        var document = new LinkedHashMap<String, Object>();
        document.put("node", node);
        document.put("roles", member.roles());
        document.put("site", member.site());
        document.put("fabricAddress", member.fabricAddress());
        document.put("down", true);
        document.put("converged", false);
        return document;
    }

    public String table() {
        var table = new Table("NODE", "ROLES", "SITE", "FABRIC", "CONVERGED", "TUNNELS");
        nodes.forEach((name, status) -> {
            var member = fabric.member(name);
            table.row(
                    name,
                    String.join(",", member.roles()),
                    member.site(),
                    member.fabricAddress(),
                    status == null ? "down" : status.converged() ? "yes" : "no",
                    status == null ? "" : tunnels(status));
        });
        return table
                + refusals()
                + (cuts.isEmpty() ? "" : "cut: " + String.join("; ", cuts) + "\n")
                + "clear-text packets: "
                + clearTextPackets
                + "\n";
    }

    /** A line for each node that refused something. */
    private String refusals() {
        var lines = new StringBuilder();
        nodes.forEach((name, status) -> {
            if (status != null && !status.refusals().isEmpty()) {
                var counts =
                        status.refusals().entrySet().stream()
                                .map(each -> each.getValue() + " " + each.getKey())
                                .collect(Collectors.joining(", "));
                lines.append("refused by %s: %s\n".formatted(name, counts));
            }
        });
        return lines.toString();
    }

    private static String tunnels(NodeStatus status) {
        return status.tunnels().stream()
                .map(tunnel ->
                        tunnel.state().equals("up")
                                ? tunnel.peer() + " " + tunnel.path()
                                : "%s %s (%s)"
                                        .formatted(tunnel.peer(), tunnel.path(), tunnel.state()))
                .collect(Collectors.joining(", "));
    }
}
