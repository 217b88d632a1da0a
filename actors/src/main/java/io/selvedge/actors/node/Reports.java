// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.actors.entity.Step;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.node.NodeEvent.Reported;
import io.selvedge.actors.node.NodeReport.Missing;
import io.selvedge.actors.node.NodeReport.OfTunnel;
import io.selvedge.actors.node.NodeState.Past;
import io.selvedge.actors.tunnel.Account;
import io.selvedge.actors.tunnel.TunnelCommand;
import io.selvedge.actors.tunnel.TunnelId;
import io.selvedge.model.Subject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/** How a Node takes reports, and what it makes of them for its tunnels. */
final class Reports {
    private Reports() {}

    static void take(
            Step<NodeEvent, NodeState> step, List<NodeReport> reports, Instant receivedAt) {
        for (var report : reports) {
            var id = report.id();
            var heard = step.state().past().heard().getOrDefault(id.stream(), Heard.NOTHING);
            if (!heard.has(id.sequence())) {
                step.happen(new Reported(report, receivedAt));
            }
        }
    }

    static Past reported(Past past, Reported reported) {
        var report = reported.report();
        var id = report.id();
        var heard =
                past.heard()
                        .getOrDefault(id.stream(), Heard.NOTHING)
                        .with(id.sequence(), id.sequence());
        if (report.matter() instanceof Missing(var from, var to)) {
            heard = heard.with(from, to);
        }
        var untold =
                report.matter() instanceof OfTunnel
                        ? past.untold().plus(id, reported)
                        : past.untold();
        return past.with(past.heard().plus(id.stream(), heard), untold);
    }

    /**
     * The oldest for each tunnel: the next follows when it is journaled, and what lies behind a
     * missing report waits for it, so none overtakes another.
     */
    static List<Tell> tells(Subject node, NodeState state) {
        var past = state.past();
        var tells = new LinkedHashMap<TunnelId, Tell>();
        past.untold()
                .forEach((id, reported) -> {
                    var report = reported.report();
                    var heard = past.heard().getOrDefault(id.stream(), Heard.NOTHING);
                    if (report.matter() instanceof OfTunnel(var peer, var change, var detail)
                            && id.sequence() <= heard.upTo()) {
                        var account =
                                new Account(
                                        node,
                                        id,
                                        report.cause(),
                                        detail,
                                        report.at(),
                                        report.hlc(),
                                        reported.receivedAt());
                        var tunnel = TunnelId.of(node, peer);
                        tells.putIfAbsent(
                                tunnel,
                                new Tell(
                                        tunnel.toString(),
                                        new TunnelCommand.Hear(change, account)));
                    }
                });
        return List.copyOf(tells.values());
    }
}
