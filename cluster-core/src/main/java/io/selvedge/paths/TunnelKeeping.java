// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.paths.PathAction.Initiate;
import io.selvedge.paths.PathAction.Terminate;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.PeerPlan.Daemon;
import io.selvedge.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one association for each planned connection: initiates what is missing, folds duplicates,
 * ends what is not planned, and what the peer has lost. Owned by one thread.
 */
final class TunnelKeeping {
    /** The first and the longest pause between two initiations of one connection. */
    static final long RETRY_MIN_MILLIS = 1_000;

    static final long RETRY_MAX_MILLIS = 30_000;

    /** Nothing else leads to the cloud, so its tunnel is tried again soon. */
    static final long RETRY_CONNECTOR_MILLIS = 2_000;

    /** How long two associations of one connection may stand, as they do in passing. */
    static final long DUPLICATE_MILLIS = 10_000;

    /** The first and the longest pause between two renewals of one tunnel that were in vain. */
    static final long RENEWAL_MIN_MILLIS = 5_000;

    static final long RENEWAL_MAX_MILLIS = 30_000;

    /** After so many attempts in vain, one after the other, something may be wrong here. */
    static final int DOUBTFUL_ATTEMPTS = 4;

    private final SilentTunnels silent;
    private final Map<String, Attempt> attempts = new HashMap<>();
    private final Map<String, Attempt> renewals = new HashMap<>();
    private final Map<String, Long> duplicatesSince = new HashMap<>();

    private boolean doubtful;

    /** When something may be tried next, the pause after that, and how often it was. */
    private record Attempt(long notBefore, long pause, int tries) {
        static Attempt after(@Nullable Attempt last, long now, long min, long max) {
            long pause = last == null ? min : Math.min(2 * last.pause(), max);
            return new Attempt(now + pause, pause, last == null ? 1 : last.tries() + 1);
        }
    }

    TunnelKeeping(SilentTunnels silent) {
        this.silent = silent;
    }

    /**
     * @param succeeded whether what was planned with a peer before is needed no more
     */
    List<PathAction> step(Plan plan, Observed observed, Predicate<PeerPlan> succeeded, long now) {
        doubtful = false;
        var actions = new ArrayList<PathAction>();
        var planned = new HashMap<String, PeerPlan>();
        for (var peer : plan.peers().values()) {
            var connection = peer.connection();
            if (connection != null) {
                planned.put(connection.name(), peer);
            }
        }
        for (var daemon : Daemon.values()) {
            endUnplanned(daemon, planned, observed.of(daemon), succeeded, actions);
        }
        for (var peer : planned.values()) {
            var connection = Objects.requireNonNull(peer.connection());
            var own = Associations.of(connection.name(), observed.of(peer.daemon()));
            foldDuplicates(peer.daemon(), connection, own, now, actions);
            endDead(peer.daemon(), connection, own, now, actions);
            if (connection.initiator()) {
                initiateWhenMissing(peer.daemon(), connection, own, now, actions);
            }
        }
        attempts.keySet().retainAll(planned.keySet());
        renewals.keySet().retainAll(planned.keySet());
        return actions;
    }

    /**
     * Whether, as of the last step, initiations fail again and again: then the daemon may lack what
     * it was given.
     */
    boolean isDoubtful() {
        return doubtful;
    }

    /** What came of a connection that is not planned goes, at the latest when it is succeeded. */
    private static void endUnplanned(
            Daemon daemon,
            Map<String, PeerPlan> planned,
            List<Association> associations,
            Predicate<PeerPlan> succeeded,
            List<PathAction> actions) {
        var wanted = new HashMap<String, PeerPlan>();
        planned.values().stream()
                .filter(peer -> peer.daemon() == daemon)
                .forEach(peer -> wanted.put(peer.name(), peer));
        for (var association : associations) {
            var name = Associations.peerOf(association.connection());
            if (name != null && !planned.containsKey(association.connection())) {
                var peer = wanted.get(name);
                var why =
                        peer == null
                                ? "no longer planned"
                                : whyEnd(association, peer, associations, succeeded);
                if (why != null) {
                    actions.add(terminate(daemon, association, why));
                }
            }
        }
    }

    /**
     * Why what was planned with a peer before has to go now; null while it may be all that the peer
     * holds: that a successor stands at this end says nothing of the other.
     */
    private static @Nullable String whyEnd(
            Association former,
            PeerPlan peer,
            List<Association> associations,
            Predicate<PeerPlan> succeeded) {
        var connection = Objects.requireNonNull(peer.connection());
        if (!Associations.haveSameKeys(former.connection(), connection.name())) {
            return "it rests on a key that counts no more";
        }
        var own = Tunnels.with(peer, associations).own();
        if (own.isEmpty()) {
            return null;
        }
        if (!Associations.carries(former)) {
            return "its successor stands";
        }
        if (own.stream().allMatch(each -> each.id() < former.id())) {
            return "what is planned stood before it, and is hidden by it";
        }
        return succeeded.test(peer) ? "its successor carries" : null;
    }

    /**
     * Two standing associations of one connection: the newest stays, at both ends, once it is known
     * to stand at both.
     */
    private void foldDuplicates(
            Daemon daemon,
            Connection connection,
            List<Association> own,
            long now,
            List<PathAction> actions) {
        var carrying = own.stream().filter(Associations::carries).toList();
        if (carrying.size() < 2) {
            duplicatesSince.remove(connection.name());
            return;
        }
        long since =
                Objects.requireNonNullElse(
                        duplicatesSince.putIfAbsent(connection.name(), now), now);
        long patience = connection.initiator() ? DUPLICATE_MILLIS : 2 * DUPLICATE_MILLIS;
        var newest = Collections.max(carrying, Comparator.comparingLong(Association::id));
        if (now - since >= patience && Associations.packetsIn(newest) > 0) {
            carrying.stream()
                    .filter(each -> each.id() != newest.id())
                    .forEach(
                            old -> actions.add(terminate(daemon, old, "duplicate of a newer one")));
            duplicatesSince.remove(connection.name());
        }
    }

    /** What only this end holds goes; then it is missing, and initiated. */
    private void endDead(
            Daemon daemon,
            Connection connection,
            List<Association> own,
            long now,
            List<PathAction> actions) {
        var name = connection.name();
        if (own.stream().anyMatch(each -> Associations.packetsIn(each) > 0)) {
            renewals.remove(name);
        }
        var last = renewals.get(name);
        for (var association : own) {
            if (silent.isDead(daemon, association) && (last == null || now >= last.notBefore())) {
                // To begin anew what does not come to stand costs no more than to go on with it.
                var before = Associations.isConnecting(association) ? null : last;
                var next = Attempt.after(before, now, RENEWAL_MIN_MILLIS, RENEWAL_MAX_MILLIS);
                renewals.put(name, next);
                attempts.remove(name);
                actions.add(
                        terminate(daemon, association, "silent, while its peer's daemon answers"));
            }
        }
    }

    private void initiateWhenMissing(
            Daemon daemon,
            Connection connection,
            List<Association> own,
            long now,
            List<PathAction> actions) {
        if (own.stream().anyMatch(Associations::carries)) {
            attempts.remove(connection.name());
            return;
        }
        boolean connecting = own.stream().anyMatch(Associations::isConnecting);
        var attempt = attempts.get(connection.name());
        if (!connecting && (attempt == null || now >= attempt.notBefore())) {
            long max = daemon == Daemon.RELAY ? RETRY_CONNECTOR_MILLIS : RETRY_MAX_MILLIS;
            var next = Attempt.after(attempt, now, RETRY_MIN_MILLIS, max);
            attempts.put(connection.name(), next);
            doubtful |= next.tries() % DOUBTFUL_ATTEMPTS == 0;
            var cause = "tunnel to %s planned, and not standing".formatted(connection.remoteId());
            actions.add(new Initiate(daemon, connection, cause));
        }
    }

    private static Terminate terminate(Daemon daemon, Association association, String why) {
        var cause = "association of %s: %s".formatted(association.connection(), why);
        return new Terminate(daemon, association.id(), association.connection(), cause);
    }
}
