// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.paths.PathAction.Initiate;
import io.selvedge.paths.PathAction.Terminate;
import io.selvedge.paths.PeerPath.State;
import io.selvedge.paths.PeerPath.Way;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.PeerPlan.Kind;
import io.selvedge.plan.Plan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides, for one node, what to do about its associations. Each step sees them all anew, so a lost
 * action is simply wanted again. Owned by one thread; times are milliseconds of a clock that never
 * jumps.
 */
public final class PathLogic {
    /** The first and the longest pause between two initiations of one connection. */
    static final long RETRY_MIN_MILLIS = 1_000;

    static final long RETRY_MAX_MILLIS = 30_000;

    /** Nothing else leads to the cloud, so its tunnel is tried again soon. */
    static final long RETRY_CONNECTOR_MILLIS = 2_000;

    /** How long two associations of one connection may stand, as they do in passing. */
    static final long DUPLICATE_MILLIS = 10_000;

    /** As {@link Connection#name} makes it. */
    private static final Pattern CONNECTION_NAME = Pattern.compile("(.+)-[0-9a-f]{16}");

    private final ProbeLog probes;
    private final Map<String, Attempt> attempts = new HashMap<>();
    private final Map<String, Long> duplicatesSince = new HashMap<>();
    private final SortedMap<String, PeerPath> paths = new TreeMap<>();

    /** When a connection may be initiated next, and the pause after that. */
    private record Attempt(long notBefore, long pause) {}

    public PathLogic(ProbeLog probes) {
        this.probes = probes;
    }

    /** What to do now. */
    public List<PathAction> step(Plan plan, List<Association> associations, long now) {
        var actions = new ArrayList<PathAction>();
        var planned = new HashMap<String, PeerPlan>();
        for (var peer : plan.peers().values()) {
            var connection = peer.connection();
            if (connection != null) {
                planned.put(connection.name(), peer);
            }
        }
        endUnplanned(plan, planned, associations, actions);
        for (var peer : plan.peers().values()) {
            var connection = peer.connection();
            if (connection != null) {
                var own = of(connection, associations);
                leaveWhenDead(plan, peer, connection, own, now, actions);
                foldDuplicates(connection, own, now, actions);
                initiateWhenMissing(peer.kind(), connection, own, now, actions);
            }
        }
        attempts.keySet().retainAll(planned.keySet());
        notePaths(plan, associations, now);
        return actions;
    }

    /** How each peer is reached, as of the last step, by the peer's name. */
    public SortedMap<String, PeerPath> paths() {
        return new TreeMap<>(paths);
    }

    /** What came of connections that are not planned goes, once its successor stands. */
    private static void endUnplanned(
            Plan plan,
            Map<String, PeerPlan> planned,
            List<Association> associations,
            List<PathAction> actions) {
        var standing = new HashSet<String>();
        for (var association : associations) {
            if (planned.containsKey(association.connection()) && carries(association)) {
                standing.add(planned.get(association.connection()).name());
            }
        }
        Set<String> wanted = new HashSet<>();
        plan.peers().values().stream()
                .filter(peer -> peer.connection() != null)
                .forEach(peer -> wanted.add(peer.name()));
        for (var association : associations) {
            var peer = peerOf(association.connection());
            if (peer != null && !planned.containsKey(association.connection())) {
                if (!wanted.contains(peer)) {
                    actions.add(terminate(association, "no longer planned"));
                } else if (standing.contains(peer)) {
                    actions.add(terminate(association, "its successor stands"));
                }
            }
        }
    }

    /** The peer that a connection's name starts with; null when the connection is not ours. */
    private static @Nullable String peerOf(String connection) {
        var matcher = CONNECTION_NAME.matcher(connection);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** A direct path is left only for a relay that answers. */
    private void leaveWhenDead(
            Plan plan,
            PeerPlan peer,
            Connection connection,
            List<Association> own,
            long now,
            List<PathAction> actions) {
        if (peer.kind() != Kind.COMMUNITY
                || own.stream().noneMatch(PathLogic::carries)
                || !isSilentBesideRelay(plan, peer, now)) {
            return;
        }
        for (var association : own) {
            actions.add(terminate(association, "direct path silent, relay answers"));
        }
        var attempt = attempts.get(connection.name());
        long pause = attempt == null ? RETRY_MIN_MILLIS : longer(attempt.pause());
        attempts.put(connection.name(), new Attempt(now + pause, pause));
        probes.forget(peer.address());
    }

    private boolean isSilentBesideRelay(Plan plan, PeerPlan silent, long now) {
        return plan.peers().values().stream()
                .filter(peer -> peer.kind() == Kind.CONNECTOR)
                .anyMatch(relay -> probes.isSilent(silent.address(), relay.address(), now));
    }

    /** Two standing associations of one connection: the newest stays, at both ends. */
    private void foldDuplicates(
            Connection connection, List<Association> own, long now, List<PathAction> actions) {
        var carrying = own.stream().filter(PathLogic::carries).toList();
        if (carrying.size() < 2) {
            duplicatesSince.remove(connection.name());
            return;
        }
        long since =
                Objects.requireNonNullElse(
                        duplicatesSince.putIfAbsent(connection.name(), now), now);
        long patience = connection.initiator() ? DUPLICATE_MILLIS : 2 * DUPLICATE_MILLIS;
        if (now - since >= patience) {
            carrying.stream()
                    .sorted(Comparator.comparingLong(Association::id).reversed())
                    .skip(1)
                    .forEach(old -> actions.add(terminate(old, "duplicate of a newer one")));
            duplicatesSince.remove(connection.name());
        }
    }

    private void initiateWhenMissing(
            Kind kind,
            Connection connection,
            List<Association> own,
            long now,
            List<PathAction> actions) {
        if (!connection.initiator()) {
            return;
        }
        boolean underWay =
                own.stream().anyMatch(a -> carries(a) || a.state() == Association.State.CONNECTING);
        var attempt = attempts.get(connection.name());
        if (underWay) {
            if (attempt != null && own.stream().anyMatch(a -> hasStoodLong(a))) {
                attempts.remove(connection.name());
            }
            return;
        }
        if (attempt == null || now >= attempt.notBefore()) {
            long longer = attempt == null ? RETRY_MIN_MILLIS : longer(attempt.pause());
            long pause = kind == Kind.CONNECTOR ? Math.min(longer, RETRY_CONNECTOR_MILLIS) : longer;
            attempts.put(connection.name(), new Attempt(now + pause, pause));
            actions.add(new Initiate(connection, "planned, and not standing"));
        }
    }

    private void notePaths(Plan plan, List<Association> associations, long now) {
        var carrierUp =
                plan.peers().values().stream()
                        .filter(peer -> peer.kind() == Kind.CONNECTOR)
                        .anyMatch(peer ->
                                peer.connection() != null
                                        && of(peer.connection(), associations).stream()
                                                .anyMatch(PathLogic::carries));
        var seen = new HashSet<String>();
        for (var peer : plan.peers().values()) {
            seen.add(peer.name());
            var own =
                    peer.connection() == null
                            ? List.<Association>of()
                            : of(peer.connection(), associations);
            var next = pathOf(peer, own, carrierUp, now);
            var known = paths.get(peer.name());
            long since = known != null && sameWay(known, next) ? known.sinceMillis() : now;
            paths.put(peer.name(), next.since(since));
        }
        paths.keySet().retainAll(seen);
    }

    private static boolean sameWay(PeerPath a, PeerPath b) {
        return a.state() == b.state() && a.way() == b.way();
    }

    private static PeerPath pathOf(
            PeerPlan peer, List<Association> own, boolean carrierUp, long now) {
        var carrying = own.stream().filter(PathLogic::carries).toList();
        var ikeIds = carrying.stream().map(Association::id).toList();
        var childIds =
                carrying.stream().flatMap(a -> a.children().stream()).map(c -> c.id()).toList();
        if (!carrying.isEmpty()) {
            var way = peer.via() == PeerPlan.Via.LAN ? Way.LAN : Way.DIRECT;
            return new PeerPath(peer.name(), State.UP, way, ikeIds, childIds, now);
        }
        if (peer.kind() == Kind.COMMUNITY && carrierUp) {
            return new PeerPath(peer.name(), State.UP, Way.RELAY, List.of(), List.of(), now);
        }
        var state = own.isEmpty() ? State.DOWN : State.CONNECTING;
        return new PeerPath(peer.name(), state, Way.NONE, List.of(), List.of(), now);
    }

    private static List<Association> of(Connection connection, List<Association> associations) {
        return associations.stream()
                .filter(association -> association.connection().equals(connection.name()))
                .toList();
    }

    private static boolean carries(Association association) {
        return association.state() == Association.State.ESTABLISHED
                && !association.children().isEmpty();
    }

    private static boolean hasStoodLong(Association association) {
        return carries(association) && association.age().toMillis() >= 2 * RETRY_MAX_MILLIS;
    }

    private static long longer(long pause) {
        return Math.min(2 * pause, RETRY_MAX_MILLIS);
    }

    private static Terminate terminate(Association association, String cause) {
        return new Terminate(association.id(), association.connection(), cause);
    }
}
