// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.ike;

import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.sim.ike.IkePacket.Alive;
import io.selvedge.sim.ike.IkePacket.AuthReply;
import io.selvedge.sim.ike.IkePacket.AuthRequest;
import io.selvedge.sim.ike.IkePacket.Delete;
import io.selvedge.sim.ike.IkePacket.Esp;
import io.selvedge.sim.ike.IkePacket.InitReply;
import io.selvedge.sim.ike.IkePacket.InitRequest;
import io.selvedge.sim.ike.IkePacket.Knocking;
import io.selvedge.sim.net.Spot;
import io.selvedge.sim.net.Timeline;
import io.selvedge.sim.net.Underlay;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An IKE daemon and its userspace ESP, as a process of its own: what it holds outlives whoever
 * configures it. Negotiates in round trips over the underlay, with the retransmissions and the dead
 * peer detection that charon is configured with.
 */
public final class IkeDaemon {
    private static final long DPD_MILLIS = 4_000;
    private static final int TRIES = 10;

    private final Timeline timeline;
    private final Underlay underlay;
    private final int node;
    private final int port;
    private final Handshakes handshakes = new Handshakes(this);
    private final TreeSet<IkeKey> keys = new TreeSet<>();
    private final LinkedHashMap<String, Connection> connections = new LinkedHashMap<>();
    private final TreeMap<Long, Sa> sas = new TreeMap<>();
    private final Map<Long, Sa> bySpi = new TreeMap<>();
    private final List<Runnable> changeListeners = new ArrayList<>();
    private final List<Runnable> returnListeners = new ArrayList<>();
    private long lastId;
    private long changes;
    private boolean running = true;

    public IkeDaemon(Timeline timeline, Underlay underlay, int node, int port) {
        this.timeline = timeline;
        this.underlay = underlay;
        this.node = node;
        this.port = port;
    }

    public int port() {
        return port;
    }

    public Set<IkeKey> keys() {
        return keys;
    }

    public Map<String, Connection> connections() {
        return connections;
    }

    /** In the order of their ids. */
    public Collection<Sa> sas() {
        return sas.values();
    }

    /** Grows whenever an association comes, goes or becomes another. */
    public long changes() {
        return changes;
    }

    public void onChange(Runnable listener) {
        changeListeners.add(listener);
    }

    public void onReturn(Runnable listener) {
        returnListeners.add(listener);
    }

    /** Whoever configured it is gone. */
    public void forgetListeners() {
        changeListeners.clear();
        returnListeners.clear();
    }

    /** The machine is switched off: all is lost, and nobody is told. */
    public void stop() {
        running = false;
        keys.clear();
        connections.clear();
        sas.clear();
        bySpi.clear();
        changes++;
    }

    public void start() {
        running = true;
    }

    /** The process ends and is started again: it holds nothing, and the peers notice not. */
    public void restart() {
        stop();
        start();
        changed();
        List.copyOf(returnListeners).forEach(Runnable::run);
    }

    /** Begins an association, unless one is on its way or stands. */
    public void initiate(Connection connection) {
        for (var sa : List.copyOf(sas.values())) {
            if (sa.connection.name().equals(connection.name())) {
                if (sa.carries() || !sa.established) {
                    return;
                }
                terminate(sa.id);
            }
        }
        begin(connection);
    }

    private void begin(Connection connection) {
        if (!connection.remoteAddresses().isEmpty()) {
            var remote = new Spot(connection.remoteAddresses().getFirst(), port(connection));
            var sa = add(connection, true, remote);
            ask(sa, new InitRequest(sa.spi));
            changed();
        }
    }

    static int port(Connection connection) {
        return connection.remotePort() == 500 ? 4500 : connection.remotePort();
    }

    Sa add(Connection connection, boolean initiator, Spot remote) {
        long id = ++lastId;
        // The node and the port in it make it unlike any other daemon's.
        long spi = (id << 24) | ((long) node << 17) | port;
        var sa = new Sa(id, spi, connection, initiator, underlay.addressOf(node), remote);
        sa.heardAt = timeline.now();
        sas.put(id, sa);
        bySpi.put(sa.spi, sa);
        return sa;
    }

    private void remove(Sa sa) {
        sas.remove(sa.id);
        bySpi.remove(sa.spi);
        changed();
    }

    void changed() {
        changes++;
        List.copyOf(changeListeners).forEach(Runnable::run);
    }

    /** Forced: this end is gone at once, the peer's when the news reaches it. */
    public void terminate(long id) {
        var sa = sas.get(id);
        if (sa != null) {
            if (sa.established) {
                send(sa, new Delete(sa.peerSpi));
            }
            remove(sa);
        }
    }

    void send(Sa sa, IkePacket packet) {
        if (underlay.addressOf(node).equals(sa.local)) {
            underlay.send(node, port, sa.remote, packet.size(), packet);
        }
    }

    void answer(Spot to, IkePacket packet) {
        underlay.send(node, port, to, packet.size(), packet);
    }

    /** Sends, and sends again until the answer comes. */
    void ask(Sa sa, IkePacket packet) {
        sa.pending = packet;
        sa.tries = 0;
        sa.exchange++;
        attempt(sa, sa.exchange);
    }

    private void attempt(Sa sa, int exchange) {
        var packet = sa.pending;
        if (packet == null || sa.exchange != exchange || bySpi.get(sa.spi) != sa) {
            return;
        }
        if (sa.tries == TRIES) {
            giveUp(sa);
            return;
        }
        send(sa, packet);
        long pause = (long) Math.min(2_000, 1_000 * Math.pow(1.4, sa.tries));
        sa.tries++;
        timeline.after(pause, () -> attempt(sa, exchange));
    }

    private void giveUp(Sa sa) {
        if (!sa.established) {
            var addresses = sa.connection.remoteAddresses();
            sa.rounds++;
            sa.local = underlay.addressOf(node);
            sa.remote = new Spot(addresses.get(sa.rounds % addresses.size()), port(sa.connection));
            ask(sa, new InitRequest(sa.spi));
            return;
        }
        remove(sa);
        if (sa.connection.initiator() && sa.initiator) {
            begin(sa.connection);
        }
    }

    void settle(Sa sa, long peerSpi, boolean child) {
        sa.peerSpi = peerSpi;
        sa.established = true;
        sa.child = child;
        sa.establishedAt = timeline.now();
        sa.pending = null;
        watch(sa);
        changed();
    }

    private void watch(Sa sa) {
        long due = Math.max(sa.heardAt, timeline.now() - DPD_MILLIS + 1) + DPD_MILLIS;
        timeline.at(
                due,
                () -> {
                    if (bySpi.get(sa.spi) != sa) {
                        return;
                    }
                    if (sa.pending == null && timeline.now() - sa.heardAt >= DPD_MILLIS) {
                        ask(sa, new Alive(sa.peerSpi, false));
                    }
                    watch(sa);
                });
    }

    /** A packet came out of the underlay; gives the inner packet of a tunnel's. */
    public @Nullable Packet receive(Spot from, IkePacket packet) {
        if (!running) {
            return null;
        }
        switch (packet) {
            case InitRequest(var spi) -> handshakes.init(from, spi);
            case InitReply(var spi) -> handshakes.initReplied(bySpi.get(spi));
            case AuthRequest request -> handshakes.auth(from, request, timeline.now());
            case AuthReply reply -> handshakes.authReplied(bySpi.get(reply.initiatorSpi()), reply);
            case Alive(var spi, var answer) -> alive(heard(spi, from), answer);
            case Knocking(var answer) -> {
                if (!answer) {
                    answer(from, new Knocking(true));
                }
            }
            case Delete(var spi) -> {
                var sa = heard(spi, from);
                if (sa != null) {
                    remove(sa);
                }
            }
            case Esp(var spi, var inner) -> {
                var sa = heard(spi, from);
                if (sa == null || !sa.gives(inner.source(), inner.destination())) {
                    return null;
                }
                sa.packetsIn++;
                return inner;
            }
        }
        return null;
    }

    private void alive(@Nullable Sa sa, boolean answer) {
        if (sa == null) {
            return;
        }
        if (!answer) {
            send(sa, new Alive(sa.peerSpi, true));
        } else if (sa.pending instanceof Alive) {
            sa.pending = null;
        }
    }

    /** Follows a peer whose NAT gave it another port. */
    private @Nullable Sa heard(long spi, Spot from) {
        var sa = bySpi.get(spi);
        if (sa == null || !sa.established) {
            return null;
        }
        sa.heardAt = timeline.now();
        if (!sa.remote.equals(from)) {
            sa.remote = from;
            changed();
        }
        return sa;
    }

    /** Drops what was established and failed to authenticate. */
    void refused(Sa sa) {
        remove(sa);
    }

    /** The association that carries a packet: of several the newest. */
    public @Nullable Sa outbound(IpAddress source, IpAddress destination) {
        Sa newest = null;
        for (var sa : sas.values()) {
            if (sa.takes(source, destination)) {
                newest = sa;
            }
        }
        return newest;
    }

    /** Encrypts and sends. */
    public void send(Sa sa, Packet packet) {
        sa.packetsOut++;
        send(sa, new Esp(sa.peerSpi, packet));
    }

    /** Counts a packet that is only thought of. */
    public void countOut(Sa sa) {
        sa.packetsOut++;
    }

    /** Counts a packet that is only thought of, and came by an association that it fits. */
    public void countIn(long spi) {
        var sa = bySpi.get(spi);
        if (sa != null) {
            sa.packetsIn++;
            sa.heardAt = timeline.now();
        }
    }

    /** Where the association's packets come out now; null when they do not. */
    public Underlay.@Nullable Way landing(Sa sa) {
        return underlay.addressOf(node).equals(sa.local)
                ? underlay.wayNow(node, port, sa.remote)
                : null;
    }

    /** Where the association's packets go. */
    public Spot remote(Sa sa) {
        return sa.remote;
    }

    /** Whether the daemon would take this packet off the association that it came by. */
    public boolean accepts(long spi, IpAddress source, IpAddress destination) {
        var sa = bySpi.get(spi);
        return sa != null && sa.gives(source, destination);
    }

    /** The peer's number of an association. */
    public long peerSpi(Sa sa) {
        return sa.peerSpi;
    }

    @Nullable Sa byPeerSpi(long peerSpi) {
        for (var sa : sas.values()) {
            if (sa.peerSpi == peerSpi && sa.established) {
                return sa;
            }
        }
        return null;
    }
}
