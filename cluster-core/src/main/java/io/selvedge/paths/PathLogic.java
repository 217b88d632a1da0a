// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.paths.PeerPath.State;
import io.selvedge.paths.PeerPath.Way;
import io.selvedge.plan.IpResource;
import io.selvedge.plan.IpResource.PathRoute;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.PeerPlan.Daemon;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planned;
import io.selvedge.plan.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides, for one node, which paths carry and what to do about its associations. A direct path
 * carries once a probe through it was answered, because only then does the other end hold the
 * tunnel too; it is left when it is silent while the relay answers. When another connection is
 * planned with the same peer, what the former carried it goes on to carry until the new one is
 * proven likewise. Each step sees everything anew, so a lost action is simply wanted again. Owned
 * by one thread; times are milliseconds of a clock that never jumps.
 */
public final class PathLogic {
    /** Answers that a direct path must have given before it carries. */
    static final int ANSWERS = 2;

    /** The same, for a path that was left lately. */
    static final int ANSWERS_AFTER_SILENCE = 10;

    static final long LATELY_MILLIS = 60_000;

    private final ProbeLog probes;
    private final SilentTunnels silent = new SilentTunnels();
    private final TunnelKeeping tunnels = new TunnelKeeping(silent);
    private final Map<String, Long> silentAt = new HashMap<>();

    /** By peer, the association that probes took when answers were last counted anew. */
    private final Map<String, Long> probed = new HashMap<>();

    private final SortedMap<String, PeerPath> paths = new TreeMap<>();

    public PathLogic(ProbeLog probes) {
        this.probes = probes;
    }

    /** What to do now. */
    public Steps step(Plan plan, Observed observed, long now) {
        var routes = new TreeMap<String, Planned<IpResource>>();
        var left = new TreeMap<String, String>();
        var carrying = new HashSet<String>();
        for (var peer : plan.peers().values()) {
            if (peer.daemon() == Daemon.DIRECT) {
                var carried = carried(plan, peer, observed, now, left);
                if (!carried.isEmpty() && carries(plan, peer, carried, observed)) {
                    carrying.add(peer.name());
                }
                var why = new Reason("direct path answers; " + peer.reason().rule(), List.of());
                carried.forEach(route -> routes.put(route.key(), new Planned<>(route, why)));
            }
        }
        silent.step(plan, observed, now);
        var actions = tunnels.step(plan, observed, peer -> hasSucceeded(peer, observed, now), now);
        notePaths(plan, observed, carrying, now);
        return new Steps(
                routes, left, actions, silent.knocks(), silent.peers(), tunnels.isDoubtful());
    }

    /** Notes that a peer's daemon answered a knock. */
    public void answered(Knock knock) {
        silent.answered(knock);
    }

    /** How a peer is reached, as of the last step; null when it is not planned. */
    public @Nullable PeerPath path(String peer) {
        return paths.get(peer);
    }

    /** How each peer is reached, as of the last step, by the peer's name. */
    public SortedMap<String, PeerPath> paths() {
        return new TreeMap<>(paths);
    }

    /** Which of a peer's routes its direct tunnels carry. */
    private List<PathRoute> carried(
            Plan plan, PeerPlan peer, Observed observed, long now, Map<String, String> left) {
        var before =
                peer.routes().stream()
                        .filter(route -> observed.routes().contains(route.key()))
                        .toList();
        var tunnels = Tunnels.with(peer, observed.direct());
        if (!tunnels.stand()) {
            probed.remove(peer.name());
            probes.forget(peer.address());
            if (!before.isEmpty()) {
                left.put(peer.name(), "its direct tunnel is gone");
            }
            return List.of();
        }
        if (!Objects.equals(probed.put(peer.name(), tunnels.taking()), tunnels.taking())) {
            probes.forget(peer.address());
        }
        if (!before.isEmpty() && isSilentBesideRelay(plan, peer, now)) {
            left.put(peer.name(), "direct path silent, relay answers");
            silentAt.put(peer.name(), now);
            probes.forget(peer.address());
            return List.of();
        }
        return tunnels.succeed() && isProven(peer, now) ? peer.routes() : before;
    }

    /** Whether packets to a peer go by its direct tunnels: all, or what no relay takes. */
    private static boolean carries(
            Plan plan, PeerPlan peer, List<PathRoute> carried, Observed observed) {
        return carried.size() == peer.routes().size() || !isRelayUp(plan, observed);
    }

    /** Whether what was planned with a peer before is needed no more. */
    private boolean hasSucceeded(PeerPlan peer, Observed observed, long now) {
        var tunnels = Tunnels.with(peer, observed.of(peer.daemon()));
        return switch (peer.daemon()) {
            case RELAY -> tunnels.succeed();
            case DIRECT -> tunnels.succeed() && answers(peer, ANSWERS, now);
        };
    }

    private boolean isProven(PeerPlan peer, long now) {
        var silent = silentAt.get(peer.name());
        boolean lately = silent != null && now - silent < LATELY_MILLIS;
        return answers(peer, lately ? ANSWERS_AFTER_SILENCE : ANSWERS, now);
    }

    private boolean answers(PeerPlan peer, int times, long now) {
        return probes.answers(peer.address(), now) && probes.count(peer.address()) >= times;
    }

    private boolean isSilentBesideRelay(Plan plan, PeerPlan silent, long now) {
        return plan.peers().values().stream()
                .filter(peer -> peer.daemon() == Daemon.RELAY)
                .anyMatch(relay -> probes.isSilent(silent.address(), relay.address(), now));
    }

    private void notePaths(Plan plan, Observed observed, Set<String> carrying, long now) {
        boolean relayUp = isRelayUp(plan, observed);
        var seen = new HashSet<String>();
        for (var peer : plan.peers().values()) {
            seen.add(peer.name());
            var next = pathOf(peer, observed, carrying.contains(peer.name()), relayUp, now);
            var known = paths.get(peer.name());
            paths.put(
                    peer.name(),
                    known != null && known.sameWay(next) ? next.since(known.sinceMillis()) : next);
        }
        paths.keySet().retainAll(seen);
        silentAt.keySet().retainAll(seen);
        probed.keySet().retainAll(seen);
    }

    private static boolean isRelayUp(Plan plan, Observed observed) {
        return plan.peers().values().stream()
                .filter(peer -> peer.daemon() == Daemon.RELAY)
                .anyMatch(peer -> Associations.carries(peer.name(), observed.relay()));
    }

    private static PeerPath pathOf(
            PeerPlan peer, Observed observed, boolean carries, boolean relayUp, long now) {
        var connection = peer.connection();
        var own =
                connection == null
                        ? List.<Association>of()
                        : Associations.of(connection.name(), observed.of(peer.daemon()));
        var standing = own.stream().filter(Associations::carries).toList();
        var way = wayOf(peer, !standing.isEmpty(), carries, relayUp);
        var state = way != Way.NONE ? State.UP : own.isEmpty() ? State.DOWN : State.CONNECTING;
        return new PeerPath(
                peer.name(),
                state,
                way,
                standing.stream().map(Association::id).toList(),
                standing.stream().flatMap(a -> a.children().stream()).map(c -> c.id()).toList(),
                now);
    }

    private static Way wayOf(PeerPlan peer, boolean stands, boolean carries, boolean relayUp) {
        return switch (peer.daemon()) {
            case RELAY -> stands ? Way.DIRECT : Way.NONE;
            case DIRECT -> {
                if (carries) {
                    yield peer.via() == PeerPlan.Via.LAN ? Way.LAN : Way.DIRECT;
                }
                yield relayUp ? Way.RELAY : Way.NONE;
            }
        };
    }
}
