// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.testing.TestKeys;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Nodes that gossip over a network which may lose, double and reorder, in a time of their own: one
 * seed, one run. Watches on every datagram what must hold whatever happens.
 */
final class GossipWorld {
    private static final Duration TICK = GossipSettings.DEFAULT.tick();

    final List<Node> nodes = new ArrayList<>();
    final List<GossipMessage> sent = new ArrayList<>();
    final List<Gossip.Refused> refused = new ArrayList<>();

    private final Predicate<SignedRecord> verifier;
    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private Instant now = Instant.EPOCH;
    private long number;
    private boolean faulty;
    private double loss;
    private boolean cut;

    GossipWorld(long seed, Predicate<SignedRecord> verifier) {
        this.verifier = verifier;
        random = new Random(seed);
    }

    /** A node, and whom it reaches. */
    final class Node {
        final Subject id;
        final RecordSigner signer;
        final Gossip gossip;
        final TreeSet<Subject> reached = new TreeSet<>();
        final List<SignedRecord> stored = new ArrayList<>();
        final List<SignedRecord> dropped = new ArrayList<>();
        final List<Gossip.SelfAhead> ahead = new ArrayList<>();
        private final Map<Bytes, SignedRecord> disk = new HashMap<>();
        Subscriptions subscriptions = Subscriptions.NONE;
        String site = "plant-a";

        Node(int index) {
            id = new Subject("beijing", "n" + index);
            signer = TestKeys.signer(index);
            gossip =
                    new Gossip(
                            Set.of(signer.key()),
                            new RecordSet(disk::get),
                            verifier,
                            GossipSettings.DEFAULT);
            on(new Gossip.Quoted(_ -> Quota.AUTHORITY));
        }

        void publish(SignedRecord record) {
            on(new Gossip.Published(List.of(record)));
        }

        void subscribe(Subscriptions wanted) {
            subscriptions = wanted;
            on(new Gossip.Subscribed(wanted));
        }

        /** Tells whom it reaches now. */
        void meet() {
            var live = new TreeMap<Subject, Gossip.Nearness>();
            for (var node : nodes) {
                if (reached.contains(node.id)) {
                    boolean hub = node.subscriptions.all();
                    live.put(node.id, new Gossip.Nearness(node.site, hub));
                }
            }
            on(new Gossip.Neighbours(site, live));
        }

        void on(Gossip.Input input) {
            for (var effect : gossip.on(input, now, random)) {
                switch (effect) {
                    case Gossip.Send(var to, var message) -> send(this, to, message);
                    case Gossip.Stored(var records) -> store(records);
                    case Gossip.Dropped(var records) -> dropped.addAll(records);
                    case Gossip.Lost _ -> {}
                    case Gossip.Refused refusal -> refused.add(refusal);
                    case Gossip.SelfAhead self -> ahead.add(self);
                }
            }
        }

        /** The record is no more to be read, and nobody has noticed yet. */
        void rot(SignedRecord record) {
            disk.remove(record.hash());
        }

        private void store(List<SignedRecord> records) {
            stored.addAll(records);
            records.forEach(record -> disk.put(record.hash(), record));
            gossip.records().settle();
        }

        boolean keeps(Scope scope) {
            return subscriptions.covers(scope);
        }
    }

    private record Event(Instant at, long number, Runnable happens) {}

    Node addWithoutTicks(Subscriptions subscriptions) {
        var node = new Node(nodes.size());
        nodes.add(node);
        node.subscribe(subscriptions);
        return node;
    }

    Node add(Subscriptions subscriptions) {
        var node = addWithoutTicks(subscriptions);
        schedule(Duration.ofMillis(random.nextLong(TICK.toMillis())), () -> tick(node));
        return node;
    }

    void link(Node a, Node b) {
        reach(a, b);
        a.meet();
        b.meet();
    }

    /** As {@link #link}, but they are still to be told. */
    void reach(Node a, Node b) {
        a.reached.add(b.id);
        b.reached.add(a.id);
    }

    void unlink(Node a, Node b) {
        a.reached.remove(b.id);
        b.reached.remove(a.id);
        a.meet();
        b.meet();
    }

    /** Whether every datagram is lost. */
    void cut(boolean on) {
        cut = on;
    }

    /** The share of datagrams that are lost, whatever else happens. */
    void lose(double share) {
        loss = share;
    }

    void faulty(boolean on) {
        faulty = on;
    }

    void run(Duration time) {
        var end = now.plus(time);
        while (!events.isEmpty() && !events.peek().at().isAfter(end)) {
            var event = events.remove();
            now = event.at();
            event.happens().run();
        }
        now = end;
    }

    /** Every scope is the same with all nodes that keep it. */
    boolean converged() {
        var scopes = new TreeSet<Scope>();
        nodes.forEach(node -> scopes.addAll(node.gossip.records().scopes()));
        return scopes.stream()
                .allMatch(scope ->
                        nodes.stream()
                                        .filter(node -> node.keeps(scope))
                                        .map(node -> node.gossip.records().records(scope))
                                        .distinct()
                                        .count()
                                <= 1);
    }

    private void tick(Node node) {
        node.on(new Gossip.Tick());
        schedule(TICK, () -> tick(node));
    }

    private void send(Node from, Subject to, GossipMessage message) {
        var receiver = nodes.stream().filter(node -> node.id.equals(to)).findFirst().orElseThrow();
        sent.add(message);
        var bytes = GossipCodec.encode(message);
        assertThat(GossipCodec.size(message)).isEqualTo(bytes.size());
        watch(receiver, message, bytes);
        int copies = faulty ? random.nextInt(10) < 3 ? 0 : 1 + random.nextInt(5) / 4 : 1;
        copies = random.nextDouble() < loss ? 0 : copies;
        for (int i = 0; i < copies && !cut; i++) {
            long delay = faulty ? random.nextLong(3_000) : 5;
            schedule(Duration.ofMillis(delay), () -> deliver(from, receiver, bytes));
        }
    }

    private void deliver(Node from, Node to, Bytes bytes) {
        if (to.reached.contains(from.id)) {
            try {
                to.on(new Gossip.Received(from.id, GossipCodec.decode(bytes)));
            } catch (MalformedRecord impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private static void watch(Node receiver, GossipMessage message, Bytes bytes) {
        int size = bytes.size() + SignedDatagram.OVERHEAD;
        if (message instanceof GossipMessage.Push(var pushed)) {
            assertThat(size <= Datagrams.SIZE || pushed.size() == 1).as("%d bytes", size).isTrue();
            pushed.forEach(record -> assertThat(receiver.keeps(scope(record))).isTrue());
        } else {
            assertThat(size).isLessThanOrEqualTo(Datagrams.SIZE);
        }
    }

    private static Scope scope(Bytes record) {
        try {
            return SignedRecord.parse(record).scope();
        } catch (MalformedRecord impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void schedule(Duration after, Runnable happens) {
        events.add(new Event(now.plus(after), number++, happens));
    }

    static Collection<SignedRecord> all(Node node) {
        return node.gossip.records().records();
    }
}
