// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.bench;

import io.selvedge.fabric.Gossip;
import io.selvedge.fabric.Gossip.Nearness;
import io.selvedge.fabric.GossipSettings;
import io.selvedge.fabric.Quota;
import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Subscriptions;
import io.selvedge.model.Subject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * An edge and the connector, in one thread and without a network: they talk until both are done.
 */
final class Conversation {
    private static final Subject CONNECTOR = LargeFabric.subject(0);
    private static final Subject EDGE = LargeFabric.subject(1);

    private final Random random = new Random(1);
    private final LargeFabric fabric;
    private final Gossip connector;
    private final Gossip edge;
    private final Queue<Posted> posted = new ArrayDeque<>();
    private Instant now = Instant.EPOCH;
    private long version = 1;

    /** A message under way. */
    private record Posted(Subject from, Gossip.Send send) {}

    Conversation(LargeFabric fabric) {
        this.fabric = fabric;
        var records = Held.signed(fabric.statementsOfEdge());
        connector = node(records, Subscriptions.ALL);
        edge = node(records, fabric.ofEdge().subscriptions(EDGE));
        meet(connector, "cloud", EDGE, new Nearness("site-0", false));
        meet(edge, "site-0", CONNECTOR, new Nearness("cloud", true));
        for (int i = 0; i < 10; i++) {
            ask();
        }
    }

    private Gossip node(Collection<SignedRecord> records, Subscriptions subscriptions) {
        var gossip =
                new Gossip(Set.of(), new RecordSet(records), _ -> true, GossipSettings.DEFAULT);
        gossip.on(new Gossip.Subscribed(subscriptions), now, random);
        gossip.on(new Gossip.Quoted(_ -> Quota.AUTHORITY), now, random);
        return gossip;
    }

    private void meet(Gossip gossip, String site, Subject other, Nearness nearness) {
        var live = new TreeMap<>(Map.of(other, nearness));
        gossip.on(new Gossip.Neighbours(site, live), now, random);
    }

    /** Whether the two hold the same, the last change too, and know it. */
    boolean agree() {
        var moved = fabric.endpoint(2, version).header();
        return moved.version().equals(edge.records().highestOf(moved.writer()))
                && edge.agrees()
                && connector.agrees()
                && edge.records().equals(connector.records());
    }

    /** Two ticks, in which both ask; returns how many messages they exchange. */
    int ask() {
        return tick() + tick();
    }

    private int tick() {
        now = now.plus(GossipSettings.DEFAULT.tick());
        post(CONNECTOR, connector.on(new Gossip.Tick(), now, random));
        post(EDGE, edge.on(new Gossip.Tick(), now, random));
        return deliver();
    }

    /** As {@link #ask}, after the connector has learned of a version that it is handed. */
    int changeAndAsk() {
        var moved = fabric.endpoint(2, ++version);
        var published = new Gossip.Published(Held.signed(List.of(moved)));
        post(CONNECTOR, connector.on(published, now, random));
        return ask();
    }

    private int deliver() {
        int messages = 0;
        while (!posted.isEmpty()) {
            var next = posted.remove();
            var to = next.send().to();
            var received = new Gossip.Received(next.from(), next.send().message());
            post(to, (to.equals(EDGE) ? edge : connector).on(received, now, random));
            messages++;
        }
        return messages;
    }

    private void post(Subject from, List<Gossip.Effect> effects) {
        for (var effect : effects) {
            if (effect instanceof Gossip.Send send) {
                posted.add(new Posted(from, send));
            }
        }
    }
}
