// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.memory;

import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import io.selvedge.paths.Association;
import io.selvedge.plan.IpsecResource.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An IKE daemon that negotiates by asking its peer's object. Both ends must hold mirrored
 * connections and their own keys, as with the real one; the handshake takes no time. It outlives
 * the backends that speak to it.
 */
public final class MemoryIkeDaemon {
    private static final IpAddress UNKNOWN = IpAddress.parse("0.0.0.0");
    private static final int NAT_T_PORT = 4500;

    private final String node;
    private final MemoryIkeNetwork network;
    private final InstantSource clock;
    private final TreeSet<IkeKey> keys = new TreeSet<>();
    private final LinkedHashMap<String, Connection> connections = new LinkedHashMap<>();
    private final TreeSet<String> foreign = new TreeSet<>();
    private final TreeMap<Long, Sa> associations = new TreeMap<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private long lastId;

    MemoryIkeDaemon(String node, MemoryIkeNetwork network, InstantSource clock) {
        this.node = node;
        this.network = network;
        this.clock = clock;
    }

    /** One end of an association; the peer's end is another, of the same initiator's number. */
    private static final class Sa {
        private final long id;
        private final Connection connection;
        private final boolean initiator;
        private @Nullable Instant established;
        private @Nullable Sa peer;
        private boolean child;

        Sa(long id, Connection connection, boolean initiator) {
            this.id = id;
            this.connection = connection;
            this.initiator = initiator;
        }
    }

    Set<IkeKey> keys() {
        return keys;
    }

    Map<String, Connection> connections() {
        return connections;
    }

    public List<String> foreignConnections() {
        return List.copyOf(foreign);
    }

    /** Loads a connection that is not Selvedge's. */
    public void loadForeign(String name) {
        foreign.add(name);
    }

    /**
     * As if the process ended and was started again: it holds nothing, and the peers notice not.
     */
    public void restart() {
        keys.clear();
        connections.clear();
        foreign.clear();
        associations.values().forEach(MemoryIkeDaemon::orphan);
        associations.clear();
        changed();
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        List.copyOf(listeners).forEach(Runnable::run);
    }

    List<Association> associations() {
        return associations.values().stream().map(this::view).toList();
    }

    /** An association that stands without its child is of no use, and begun anew. */
    void initiate(Connection connection) {
        for (var sa : List.copyOf(associations.values())) {
            if (sa.connection.name().equals(connection.name())) {
                if (sa.child || sa.established == null) {
                    return;
                }
                terminate(sa.id);
            }
        }
        if (!connection.remoteAddresses().isEmpty()) {
            var sa = new Sa(++lastId, connection, true);
            associations.put(sa.id, sa);
            attempt(sa);
        }
    }

    void retry() {
        List.copyOf(associations.values()).stream()
                .filter(sa -> sa.established == null)
                .forEach(this::attempt);
    }

    private void attempt(Sa sa) {
        var remote = network.reach(node, sa.connection.remoteId());
        if (remote == null) {
            return;
        }
        var peer = keys.contains(sa.connection.localKey()) ? remote.accept(sa.connection) : null;
        if (peer == null) {
            associations.remove(sa.id);
            changed();
            return;
        }
        sa.established = clock.instant();
        sa.peer = peer;
        peer.peer = sa;
        sa.child =
                sa.connection.localSelectors().equals(peer.connection.remoteSelectors())
                        && sa.connection.remoteSelectors().equals(peer.connection.localSelectors());
        peer.child = sa.child;
        remote.associations.put(peer.id, peer);
        changed();
        remote.changed();
    }

    /** The other end for who initiates this; null when authentication fails. */
    private @Nullable Sa accept(Connection theirs) {
        for (var own : connections.values()) {
            if (own.localId().equals(theirs.remoteId())
                    && own.remoteId().equals(theirs.localId())
                    && own.localKey().equals(theirs.remoteKey())
                    && own.remoteKey().equals(theirs.localKey())
                    && keys.contains(own.localKey())) {
                var sa = new Sa(++lastId, own, false);
                sa.established = clock.instant();
                return sa;
            }
        }
        return null;
    }

    /** Forced: this end is gone at once, the peer's when the news reaches it. */
    void terminate(long id) {
        var sa = associations.remove(id);
        if (sa == null) {
            return;
        }
        var remote = network.reach(node, sa.connection.remoteId());
        var peer = sa.peer;
        orphan(sa);
        if (remote != null && peer != null && remote.associations.remove(peer.id) != null) {
            remote.changed();
        }
        changed();
    }

    private static void orphan(Sa sa) {
        var peer = sa.peer;
        sa.peer = null;
        if (peer != null) {
            peer.peer = null;
        }
    }

    private Association view(Sa sa) {
        var established = sa.established;
        var addresses = sa.connection.remoteAddresses();
        var child =
                new Association.Child(
                        sa.id,
                        sa.connection.child(),
                        "%08x".formatted(sa.id),
                        "%08x".formatted(sa.peer == null ? 0 : sa.peer.id),
                        0,
                        0);
        return new Association(
                sa.id,
                sa.connection.name(),
                established == null ? "%any" : sa.connection.remoteId(),
                established == null ? Association.State.CONNECTING : Association.State.ESTABLISHED,
                sa.initiator,
                UNKNOWN,
                addresses.isEmpty() ? UNKNOWN : addresses.getFirst(),
                NAT_T_PORT,
                established == null
                        ? Duration.ZERO
                        : Duration.between(established, clock.instant()),
                sa.child ? List.of(child) : List.of());
    }
}
