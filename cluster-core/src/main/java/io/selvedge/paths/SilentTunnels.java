// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import io.selvedge.model.IpAddress;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.PeerPlan.Daemon;
import io.selvedge.plan.Plan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Tells a tunnel whose other end is gone from one whose way is cut. Both are silent; but when the
 * peer's daemon answers knocks while the tunnel stays silent, that daemon has lost the association,
 * and waiting for dead peer detection wins nothing. The same goes for an association that does not
 * come to stand. Where nothing answers, all is left as it is. Owned by one thread; times are
 * milliseconds of a clock that never jumps.
 */
final class SilentTunnels {
    /** Packets that went out since the last came in. */
    static final int UNANSWERED = 2;

    static final long SILENT_MILLIS = 2_000;

    /** Packets that went out, and answers to knocks, since the first knock was answered. */
    static final int UNANSWERED_BESIDE_KNOCKS = 4;

    static final int KNOCKS = 3;

    /** The same for what connects: the daemon's own next attempt comes within two seconds. */
    static final int KNOCKS_WHILE_CONNECTING = 8;

    private final Map<Tunnel, Watch> watches = new HashMap<>();
    private final Map<Knock, Long> answers = new HashMap<>();
    private final SortedSet<Knock> knocks = new TreeSet<>();
    private final SortedSet<IpAddress> silent = new TreeSet<>();
    private final Set<Tunnel> dead = new HashSet<>();

    /** An association of ours, among both daemons'. */
    record Tunnel(Daemon daemon, long id) {}

    /**
     * What a tunnel showed when a packet last came in.
     *
     * @param answered how often knocks had been answered when they first were after that
     * @param outThen what had gone out by then
     */
    private record Watch(long in, long out, long since, long answered, long outThen) {
        private static final long NEVER = -1;
    }

    /** A knock was answered. */
    void answered(Knock knock) {
        answers.merge(knock, 1L, Long::sum);
    }

    /** Looks at all associations that this end initiates. */
    void step(Plan plan, Observed observed, long now) {
        var seen = new HashSet<Tunnel>();
        knocks.clear();
        silent.clear();
        dead.clear();
        for (var peer : plan.peers().values()) {
            var connection = peer.connection();
            if (connection != null && connection.initiator()) {
                for (var own : Associations.of(connection.name(), observed.of(peer.daemon()))) {
                    if (Associations.carries(own) || Associations.isConnecting(own)) {
                        var tunnel = new Tunnel(peer.daemon(), own.id());
                        seen.add(tunnel);
                        look(peer, tunnel, own, now);
                    }
                }
            }
        }
        watches.keySet().retainAll(seen);
        answers.keySet().retainAll(knocks);
    }

    private void look(PeerPlan peer, Tunnel tunnel, Association own, long now) {
        long in = Associations.packetsIn(own);
        long out = own.children().stream().mapToLong(Association.Child::packetsOut).sum();
        var watch = watches.get(tunnel);
        if (watch == null || watch.in() != in || out < watch.out()) {
            watches.put(tunnel, new Watch(in, out, now, Watch.NEVER, 0));
            return;
        }
        boolean connecting = Associations.isConnecting(own);
        boolean asked = connecting || out - watch.out() >= UNANSWERED;
        if (!asked || now - watch.since() < SILENT_MILLIS) {
            return;
        }
        var knock = Knock.at(own);
        if (!connecting) {
            silent.add(peer.address());
        }
        knocks.add(knock);
        long answered = answers.getOrDefault(knock, 0L);
        if (watch.answered() == Watch.NEVER) {
            if (answered > 0) {
                watches.put(tunnel, new Watch(in, watch.out(), watch.since(), answered, out));
            }
        } else if (answered - watch.answered() + 1
                        >= (connecting ? KNOCKS_WHILE_CONNECTING : KNOCKS)
                && (connecting || out - watch.outThen() >= UNANSWERED_BESIDE_KNOCKS)) {
            dead.add(tunnel);
        }
    }

    /** Where to knock now. */
    SortedSet<Knock> knocks() {
        return new TreeSet<>(knocks);
    }

    /** The fabric addresses of peers to which packets go, and from which none comes. */
    SortedSet<IpAddress> peers() {
        return new TreeSet<>(silent);
    }

    /** Whether the other end is there and knows nothing of the association. */
    boolean isDead(Daemon daemon, Association association) {
        return dead.contains(new Tunnel(daemon, association.id()));
    }
}
