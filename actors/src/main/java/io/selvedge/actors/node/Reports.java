// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.actors.entity.Step;
import io.selvedge.actors.entity.Tell;
import io.selvedge.actors.node.NodeEvent.EpochOpened;
import io.selvedge.actors.node.NodeEvent.Missed;
import io.selvedge.actors.node.NodeEvent.Reported;
import io.selvedge.actors.node.NodeState.Past;
import io.selvedge.actors.tunnel.Account;
import io.selvedge.actors.tunnel.Said;
import io.selvedge.actors.tunnel.TunnelCommand;
import io.selvedge.actors.tunnel.TunnelId;
import io.selvedge.model.Report;
import io.selvedge.model.Subject;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** How a Node takes reports, and what it makes of them for its tunnels. */
final class Reports {
    /**
     * Reports that may wait for their Tunnels. What comes beyond is not taken: it rests on the
     * node's disk, which has room, and comes again; the state is written down every so often.
     */
    static final int UNTOLD_MAX = 128;

    /** What a persistence id has room for, beside the kind. */
    private static final int TUNNEL_ID_MAX = 240;

    private Reports() {}

    static void open(Step<NodeEvent, NodeState> step, Hello hello, Instant receivedAt) {
        var inbox = step.state().past().inbox();
        var next = inbox.open(hello);
        if (!next.equals(inbox)) {
            step.happen(new EpochOpened(next.epoch(), next.nonce(), receivedAt));
        }
    }

    static void take(Step<NodeEvent, NodeState> step, Batch batch, Instant receivedAt) {
        var past = step.state().past();
        var taken = past.inbox().take(batch, UNTOLD_MAX - past.untold().size());
        var missing = taken.missing();
        if (missing != null) {
            var behind = taken.fresh().getFirst().what();
            var first = new ReportId(batch.epoch(), missing.first());
            step.happen(new Missed(first, missing.last(), behind.at(), behind.hlc(), receivedAt));
        }
        for (var fresh : taken.fresh()) {
            var id = new ReportId(batch.epoch(), fresh.number());
            step.happen(new Reported(id, fresh.what(), receivedAt));
        }
    }

    static Past reported(Subject node, Past past, Reported reported) {
        var id = reported.id();
        var report = reported.what().report();
        var inbox = past.inbox().tookUpTo(id.epoch(), id.number() + report.numbers() - 1);
        return report instanceof Report.Tunnel tunnel && isBetweenTwo(node, tunnel.peer())
                ? past.with(inbox, past.untold().plus(id, reported))
                : past.with(inbox, past.untold());
    }

    static Past told(Past past, Subject peer, ReportId upTo) {
        var untold = past.untold();
        for (var each : past.untold().values()) {
            if (each.id().compareTo(upTo) <= 0
                    && each.what().report() instanceof Report.Tunnel tunnel
                    && tunnel.peer().equals(peer)) {
                untold = untold.minus(each.id());
            }
        }
        return past.with(past.inbox(), untold);
    }

    static boolean isUntold(Past past, Subject peer, ReportId upTo) {
        return !told(past, peer, upTo).equals(past);
    }

    /** All that waits for a Tunnel, in one command: so none overtakes another. */
    static List<Tell> tells(Subject node, NodeState state) {
        var byPeer = new TreeMap<Subject, List<Said>>();
        for (var reported : state.past().untold().values()) {
            var what = reported.what();
            if (what.report() instanceof Report.Tunnel(var peer, var stage, var way, var cause)) {
                var account =
                        new Account(
                                node,
                                reported.id(),
                                way,
                                cause,
                                what.at(),
                                what.hlc(),
                                reported.receivedAt());
                byPeer.computeIfAbsent(peer, _ -> new ArrayList<>()).add(new Said(stage, account));
            }
        }
        var tells = new ArrayList<Tell>();
        byPeer.forEach((peer, said) ->
                tells.add(
                        new Tell(
                                TunnelId.of(node, peer).toString(),
                                new TunnelCommand.Hear(peer, said))));
        return tells;
    }

    /** A node may report what it likes, but its entity must not choke on it. */
    private static boolean isBetweenTwo(Subject node, Subject peer) {
        return !peer.equals(node)
                && peer.toString()
                        .chars()
                        .noneMatch(each -> each == TunnelId.BETWEEN || Character.isISOControl(each))
                && TunnelId.of(node, peer).toString().length() <= TUNNEL_ID_MAX;
    }
}
