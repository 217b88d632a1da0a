// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.fabric.Gossip;
import io.selvedge.fabric.Gossip.Nearness;
import io.selvedge.fabric.GossipSettings;
import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Subscriptions;
import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a layout, gossiping in a time of their own over a network that delays and loses; one
 * seed, one run. Every node begins with all it is to keep, and knows nothing of the others.
 *
 * <p>Messages are handed over as objects; what they would weigh as bytes is counted.
 */
final class ScaleWorld {
    private static final int TICK_MILLIS =
            Math.toIntExact(GossipSettings.DEFAULT.tick().toMillis());

    /** How late a timer may fire, so that nodes do not tick in step for ever. */
    private static final int TICK_LATE_MILLIS = 20;

    private static final int LAN_MILLIS = 1;
    private static final int WAN_MIN_MILLIS = 20;
    private static final int WAN_MAX_MILLIS = 80;

    /** Ticks between two announcements of a node on its LAN, as in production. */
    private static final int ANNOUNCE_TICKS = 20;

    private final Layout layout;
    private final Archive archive;
    private final SplittableRandom random;
    private final Calendar calendar = new Calendar();
    private final Map<Subject, Integer> numbers = new HashMap<>();
    private final boolean shared;
    private final @Nullable SimulatedNode[] nodes;
    private final Traffic wan;
    private final Traffic lan;
    private final Map<Bytes, Spread> watched = new HashMap<>();
    private final double loss;
    private boolean cut;
    private Instant now = Instant.EPOCH;

    /** One node, and what it last told its LAN. */
    private static final class SimulatedNode {
        final Gossip gossip;
        final Subscriptions subscriptions;
        GossipMessage.Push announcement;
        int ticks;
        boolean looksAround = true;

        SimulatedNode(
                Gossip gossip,
                Subscriptions subscriptions,
                GossipMessage.Push announcement,
                int ticks) {
            this.gossip = gossip;
            this.subscriptions = subscriptions;
            this.announcement = announcement;
            this.ticks = ticks;
        }
    }

    /** All nodes of the layout, sharing their records. */
    ScaleWorld(Layout layout, Archive archive) {
        this(layout, archive, IntStream.range(0, layout.nodes()).boxed().toList(), true);
    }

    /**
     * Some nodes of the layout.
     *
     * @param shared whether nodes have records and messages in common; else each has its own, read
     *     from bytes, as nodes on machines of their own do
     */
    ScaleWorld(Layout layout, Archive archive, List<Integer> present, boolean shared) {
        var settings = layout.settings();
        this.layout = layout;
        this.archive = archive;
        this.shared = shared;
        this.loss = settings.loss();
        this.random = new SplittableRandom(settings.seed());
        this.wan = new Traffic(layout.nodes());
        this.lan = new Traffic(layout.nodes());
        this.nodes = new SimulatedNode[layout.nodes()];
        for (int node : present) {
            numbers.put(layout.subject(node), node);
            nodes[node] = weave(node);
            on(node, new Gossip.Quoted(archive::quota));
            on(node, new Gossip.Subscribed(node(node).subscriptions));
            calendar.tick(1 + random.nextInt(TICK_MILLIS), node);
        }
    }

    private SimulatedNode weave(int node) {
        var subscriptions = layout.subscriptions(node);
        var records = new RecordSet(this::body);
        archive.within(subscriptions).forEach(record -> records.merge(own(record)));
        records.settle();
        var writer = Set.of(archive.key(node));
        var gossip = new Gossip(writer, records, Wax::holds, GossipSettings.DEFAULT);
        var announcement = push(archive.announcement(node, archive.endpoint(node, 1)));
        int ticks = random.nextInt(ANNOUNCE_TICKS);
        return new SimulatedNode(gossip, subscriptions, announcement, ticks);
    }

    /** What rests on a node's disk. */
    private @Nullable SignedRecord body(Bytes hash) {
        var record = archive.read(hash);
        return record == null ? null : own(record);
    }

    private SignedRecord own(SignedRecord record) {
        return shared ? record : Wax.copy(record);
    }

    long now() {
        return calendar.now();
    }

    /** What went between neighbours. */
    Traffic wan() {
        return wan;
    }

    /** What went by multicast. */
    Traffic lan() {
        return lan;
    }

    RecordSet records(int node) {
        return node(node).gossip.records();
    }

    /** Lets time go by, and tells of every second of it. */
    void run(long millis, LongConsumer everySecond) {
        long end = now() + millis;
        while (now() < end) {
            var bucket = calendar.next();
            now = Instant.ofEpochMilli(now());
            for (int index = 0; index < bucket.count(); index++) {
                happen(bucket, index);
            }
            if (now() % 1_000 == 0) {
                everySecond.accept(now() / 1_000);
            }
        }
    }

    /** An edge's underlay addresses change. */
    Spread changeEndpoint(int edge, long version) {
        var endpoint = archive.endpoint(edge, version);
        var spread = watch(endpoint, layout.keepersOf(edge));
        node(edge).announcement = push(archive.announcement(edge, endpoint));
        on(edge, new Gossip.Published(List.of(endpoint)));
        announce(edge);
        return spread;
    }

    /** The authority, beside the connector, revokes a key. */
    Spread revoke() {
        var everybody = new ArrayList<Integer>();
        for (int node = 0; node < layout.nodes(); node++) {
            everybody.add(node);
        }
        var revocation = archive.revocation();
        var spread = watch(revocation, everybody);
        on(Layout.CONNECTOR, new Gossip.Published(List.of(revocation)));
        return spread;
    }

    /** From now on no datagram passes between odd sites and even ones. */
    void cut() {
        cut = true;
        lookAround();
    }

    void heal() {
        cut = false;
        lookAround();
    }

    /** Whether every node holds of each scope it keeps what the connector holds. */
    boolean isEqual() {
        var reference = new HashMap<Scope, Bytes>();
        var all = records(Layout.CONNECTOR);
        all.scopes().forEach(scope -> reference.put(scope, all.digest(scope)));
        for (int node = 0; node < layout.nodes(); node++) {
            var held = records(node);
            var kept = node(node).subscriptions;
            for (var scope : kept.all() ? all.scopes() : kept.scopes()) {
                var wanted = reference.getOrDefault(scope, RecordSet.EMPTY_DIGEST);
                if (!held.digest(scope).equals(wanted)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void happen(Calendar.Bucket bucket, int index) {
        int from = bucket.from(index);
        int to = bucket.to(index);
        var message = bucket.message(index);
        if (message == null) {
            tick(to);
        } else if (!isCut(from, to)) {
            (bucket.size(index) < 0 ? lan : wan).received(to, Math.abs(bucket.size(index)));
            on(to, new Gossip.Received(layout.subject(from), message));
        }
    }

    private void tick(int number) {
        var node = node(number);
        if (node.looksAround) {
            node.looksAround = false;
            on(number, new Gossip.Neighbours(layout.siteName(number), reached(number)));
        }
        on(number, new Gossip.Tick());
        if (++node.ticks % ANNOUNCE_TICKS == 0) {
            announce(number);
        }
        calendar.tick(now() + TICK_MILLIS + random.nextInt(TICK_LATE_MILLIS), number);
    }

    private SortedMap<Subject, Nearness> reached(int node) {
        var reached = new TreeMap<Subject, Nearness>();
        for (int other : layout.neighbours(node)) {
            if (isPresent(other) && !isCut(node, other)) {
                reached.put(layout.subject(other), layout.nearness(other));
            }
        }
        return reached;
    }

    private void on(int node, Gossip.Input input) {
        for (var effect : node(node).gossip.on(input, now, random)) {
            switch (effect) {
                case Gossip.Send(var to, var message) -> send(node, number(to), message);
                case Gossip.Stored(var records) -> stored(node, records);
                case Gossip.Dropped _, Gossip.Lost _, Gossip.Refused _, Gossip.SelfAhead _ -> {}
            }
        }
    }

    /** A disk never fails here. */
    private void stored(int node, Collection<SignedRecord> records) {
        for (var record : records) {
            archive.keep(record);
            var spread = watched.get(record.hash());
            if (spread != null) {
                spread.held(node, now());
            }
        }
        records(node).settle();
    }

    private void send(int from, int to, GossipMessage message) {
        int size = GossipCodec.size(message);
        wan.sent(from, size);
        if (random.nextDouble() >= loss) {
            boolean near = layout.site(from) == layout.site(to);
            int delay = near ? LAN_MILLIS : random.nextInt(WAN_MIN_MILLIS, WAN_MAX_MILLIS + 1);
            calendar.arrival(now() + delay, from, to, size, shared ? message : copy(message));
        }
    }

    private void announce(int node) {
        var announcement = node(node).announcement;
        int size = GossipCodec.size(announcement);
        if (layout.settings().naive() || layout.mates(node).isEmpty()) {
            return;
        }
        lan.sent(node, size);
        for (int mate : layout.mates(node)) {
            if (isPresent(mate) && random.nextDouble() >= loss) {
                calendar.arrival(now() + LAN_MILLIS, node, mate, -size, announcement);
            }
        }
    }

    private Spread watch(SignedRecord record, Collection<Integer> keepers) {
        var spread = new Spread(record, now(), keepers);
        watched.put(record.hash(), spread);
        return spread;
    }

    private boolean isCut(int a, int b) {
        return cut && (layout.site(a) & 1) != (layout.site(b) & 1);
    }

    private void lookAround() {
        for (var node : nodes) {
            if (node != null) {
                node.looksAround = true;
            }
        }
    }

    private boolean isPresent(int node) {
        return nodes[node] != null;
    }

    private SimulatedNode node(int node) {
        return Objects.requireNonNull(nodes[node]);
    }

    private int number(Subject subject) {
        var number = numbers.get(subject);
        if (number == null) {
            throw new IllegalStateException(subject + " is no node of this fabric");
        }
        return number;
    }

    private static GossipMessage copy(GossipMessage message) {
        try {
            return GossipCodec.decode(GossipCodec.encode(message));
        } catch (MalformedRecord impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static GossipMessage.Push push(Collection<SignedRecord> records) {
        return new GossipMessage.Push(records.stream().map(SignedRecord::bytes).toList());
    }
}
