// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static io.selvedge.actors.audit.ClusterReading.texts;
import static io.selvedge.actors.audit.EventReading.said;

import io.selvedge.actors.audit.EventReading.Told;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.NodeSpec;
import io.selvedge.model.Cause;
import io.selvedge.model.Report;
import org.jspecify.annotations.Nullable;

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
            case NodeEvent.EpochOpened(var epoch, _, _) ->
                    said("its reports are numbered anew, in epoch %d".formatted(epoch));
            case NodeEvent.Missed(var first, var last, var at, var hlc, var receivedAt) ->
                    said("its reports %d to %d are lost".formatted(first.number(), last))
                            .told(new Told(node.id(), at, hlc, receivedAt));
            case NodeEvent.Reported(_, var what, var receivedAt) ->
                    said(says(what.report()))
                            .because(cause(what.report()))
                            .told(new Told(node.id(), what.at(), what.hlc(), receivedAt));
            case NodeEvent.Told(var peer, var upTo) ->
                    said(
                            "what it reported of its tunnel to %s, up to %s, is there"
                                    .formatted(peer.uid(), upTo));
        };
    }

    private static String says(Report report) {
        return switch (report) {
            case Report.Started _ -> "its process started";
            case Report.PlanChanged(var added, var removed, _) ->
                    "its plan changed: %d added, %d removed".formatted(added, removed);
            case Report.Tunnel(var peer, var stage, var way, _) ->
                    TunnelReading.says(stage, way) + ", to " + peer.uid();
            case Report.RecordRefused(var from, var times, _) ->
                    times == 1
                            ? "it refused what %s sent".formatted(from)
                            : "it refused what %s sent, %d times".formatted(from, times);
            case Report.DriftHealed(var driver, var operations, _) ->
                    "it healed what others changed of %s, by %d operations"
                            .formatted(driver, operations);
            case Report.Gap(var why, var numbers, _) ->
                    switch (why) {
                        case NO_ROOM -> "it had no room for %d reports".formatted(numbers);
                        case DISK -> "its disk lost reports, %d or more".formatted(numbers);
                    };
            case Report.Unknown _ -> "it reported what only a newer version understands";
        };
    }

    private static @Nullable Cause cause(Report report) {
        return switch (report) {
            case Report.Started(var cause) -> cause;
            case Report.PlanChanged(_, _, var cause) -> cause;
            case Report.Tunnel(_, _, _, var cause) -> cause;
            case Report.RecordRefused(_, _, var cause) -> cause;
            case Report.DriftHealed(_, _, var cause) -> cause;
            case Report.Gap _, Report.Unknown _ -> null;
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
