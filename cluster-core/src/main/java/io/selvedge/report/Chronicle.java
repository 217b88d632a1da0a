// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import io.selvedge.model.Cause;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Subject;
import io.selvedge.paths.Association;
import io.selvedge.paths.Observed;
import io.selvedge.paths.PeerPath;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares a node's plans and paths with those it saw before, and says what there is to report.
 * What stands when it looks for the first time is reported as found. Owned by one thread.
 */
public final class Chronicle {
    private @Nullable Plan plan;
    private final Map<Subject, Carriage> carriages = new TreeMap<>();
    private boolean looked;

    /** How a peer is reached, as far as a change of it is worth a report. */
    private record Carriage(Way way, Set<Long> children, Set<String> ends) {
        static final Carriage NONE = new Carriage(Way.NONE, Set.of(), Set.of());
    }

    /** What another plan changes; nothing when it is equal to the last. */
    public List<Report> planned(Plan next) {
        var before = plan;
        if (next.equals(before)) {
            return List.of();
        }
        plan = next;
        var reports = new ArrayList<Report>();
        var change = PlanChange.between(before, next);
        if (change != null) {
            reports.add(change);
        }
        var peers = before == null ? Map.<Subject, PeerPlan>of() : before.peers();
        next.peers()
                .forEach((peer, planned) -> {
                    if (!peers.containsKey(peer)) {
                        reports.add(
                                tunnel(peer, Stage.PLANNED, Way.NONE, cause("planned", planned)));
                    }
                });
        peers.forEach((peer, planned) -> {
            if (!next.peers().containsKey(peer)) {
                carriages.remove(peer);
                reports.add(
                        tunnel(peer, Stage.REMOVED, Way.NONE, cause("planned no more", planned)));
            }
        });
        return reports;
    }

    /** What became of the paths since the last look. */
    public List<Report> seen(Plan plan, Observed observed, Map<String, PeerPath> paths) {
        var reports = new ArrayList<Report>();
        for (var peer : plan.peers().values()) {
            var path = paths.get(peer.name());
            if (path == null) {
                continue;
            }
            var now = new Carriage(way(path), Set.copyOf(path.childIds()), ends(peer, observed));
            var known = carriages.put(peer.peer(), now);
            var before = known == null ? Carriage.NONE : known;
            var stage = stage(before, now);
            if (stage != null) {
                var rule = (looked ? "" : "as found: ") + rule(before.way(), now.way(), stage);
                reports.add(tunnel(peer.peer(), stage, now.way(), cause(rule, peer)));
            }
        }
        carriages.keySet().retainAll(plan.peers().keySet());
        looked = true;
        return reports;
    }

    private static @Nullable Stage stage(Carriage before, Carriage now) {
        if (now.way() != before.way()) {
            return switch (now.way()) {
                case NONE -> Stage.LOST;
                case RELAY -> Stage.RELAYED;
                case DIRECT, LAN -> isOwn(before.way()) ? Stage.MOVED : Stage.ESTABLISHED;
            };
        }
        if (!isOwn(now.way())) {
            return null;
        }
        if (!before.ends().containsAll(now.ends())) {
            return Stage.MOVED;
        }
        return before.children().containsAll(now.children()) ? null : Stage.REKEYED;
    }

    private static boolean isOwn(Way way) {
        return way == Way.DIRECT || way == Way.LAN;
    }

    private static String rule(Way before, Way now, Stage stage) {
        return switch (stage) {
            case ESTABLISHED -> "the tunnel's own path carries";
            case RELAYED -> isOwn(before) ? "the direct path was left" : "the relay carries";
            case LOST -> "nothing carries";
            case MOVED -> before == now ? "from another address" : "by another path";
            case REKEYED -> "new keys";
            case PLANNED, REFUSED, REMOVED -> throw new AssertionError("is not seen by looking");
        };
    }

    private static Set<String> ends(PeerPlan peer, Observed observed) {
        var ends = new HashSet<String>();
        var connection = peer.connection();
        if (connection != null) {
            observed.of(peer.daemon()).stream()
                    .filter(each -> each.connection().equals(connection.name()))
                    .filter(each -> each.state() == Association.State.ESTABLISHED)
                    .forEach(each -> ends.add(each.localAddress() + " " + each.remoteAddress()));
        }
        return ends;
    }

    private static Way way(PeerPath path) {
        return switch (path.way()) {
            case DIRECT -> Way.DIRECT;
            case LAN -> Way.LAN;
            case RELAY -> Way.RELAY;
            case NONE -> Way.NONE;
        };
    }

    private static Report tunnel(Subject peer, Stage stage, Way way, Cause cause) {
        return new Report.Tunnel(peer, stage, way, cause);
    }

    private static Cause cause(String what, PeerPlan peer) {
        return Cause.of(what + "; " + peer.reason().rule(), peer.reason().records());
    }
}
