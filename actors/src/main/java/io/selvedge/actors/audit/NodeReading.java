// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static io.selvedge.actors.audit.ClusterReading.texts;
import static io.selvedge.actors.audit.EventReading.said;

import io.selvedge.actors.audit.EventReading.Told;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.NodeReport.Missing;
import io.selvedge.actors.node.NodeReport.OfTunnel;
import io.selvedge.actors.node.NodeReport.Other;
import io.selvedge.actors.node.NodeSpec;

/** What a Node decided, and what it reported. */
final class NodeReading {
    private static final String WANTED = "wanted";
    private static final String ALLOTTED = "allotted";
    private static final String PROBLEM = "problem";

    private NodeReading() {}

    static EventReading read(EntityId node, NodeEvent event) {
        return switch (event) {
            case NodeEvent.Declared(var mandate, var spec) ->
                    said("%s is wanted, %s".formatted(spec.node().name(), place(spec)))
                            .wanted(mandate, "its manifest says so")
                            .standing(new Standing(WANTED, fact(spec)))
                            .named(spec.node().name());
            case NodeEvent.Removed(var mandate) ->
                    said("it is wanted no more")
                            .wanted(mandate, "its manifest is gone")
                            .standing(new Standing(WANTED, null), new Standing(PROBLEM, null));
            case NodeEvent.Granted(_, var given) -> {
                var pods = texts(given.podCidrs());
                yield said("got %s, pods of %s".formatted(given.fabricAddress(), pods))
                        .standing(
                                new Standing(
                                        ALLOTTED,
                                        new Fact.Allotted(given.fabricAddress().toString(), pods)),
                                new Standing(PROBLEM, null));
            }
            case NodeEvent.Refused(_, var problem) ->
                    said(problem).standing(new Standing(PROBLEM, new Fact.Problem(problem)));
            case NodeEvent.Recovered(var record) -> EventReading.recovered(record);
            case NodeEvent.Published(var record) -> EventReading.published(record);
            case NodeEvent.Told(var report) ->
                    said("report %d is with its tunnel".formatted(report.sequence()));
            case NodeEvent.Reported(var report, var receivedAt) ->
                    said(switch (report.matter()) {
                                case OfTunnel(var peer, var change, var detail) ->
                                        TunnelReading.says(change, detail) + ", to " + peer.uid();
                                case Missing(var from, var to) ->
                                        "reports %d to %d are lost".formatted(from, to);
                                case Other(var kind, var says) -> kind + ": " + says;
                            })
                            .because(report.cause())
                            .told(
                                    new Told(
                                            node.id(),
                                            report.at(),
                                            LogicalTime.of(report.hlc(), report.at()),
                                            receivedAt));
        };
    }

    private static String place(NodeSpec spec) {
        var roles = String.join(" and ", texts(spec.node().roles()));
        return spec.node().site().isEmpty()
                ? "as " + roles
                : "as %s at %s".formatted(roles, spec.node().site());
    }

    private static Fact.OfNode fact(NodeSpec spec) {
        var node = spec.node();
        return new Fact.OfNode(
                node.name(),
                texts(node.roles()),
                node.site(),
                node.zone(),
                node.region(),
                texts(spec.communities()));
    }
}
