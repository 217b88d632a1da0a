// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.Gossip.Nearness;
import io.selvedge.model.RecordType;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipMessage;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whom a new record goes to at once. */
class FanOutTest {
    private static final int SITES = FanOut.FEW / 5;
    private static final Subscriptions ONE = Subscriptions.of(List.of(Lone.FABRIC));

    private final Map<Subject, Nearness> near = new HashMap<>();

    @Property(tries = 50)
    void anEdgeTellsOneOfItsSiteAHubAndOtherSitesEachOnce(@ForAll long seed) {
        var edge = among(ONE, seed);
        var record = Lone.record(0, 1);

        var told = Lone.receiversOf(record, edge.on(new Gossip.Published(List.of(record))));

        assertThat(told).hasSize(4).doesNotHaveDuplicates();
        assertThat(hubs(told)).isEqualTo(1);
        assertThat(sites(told)).hasSize(4).containsEntry("s0", 1L);
    }

    @Property(tries = 20)
    void fewKeepersAreAllToldByTheWriterAndByAHub(@ForAll long seed) {
        var record = Lone.record(0, 1);
        var publish = new Gossip.Published(List.of(record));
        int few = 5 * 40 + 3;
        var edge = among(ONE, seed, 40);
        assertThat(Lone.receiversOf(record, edge.on(publish))).hasSize(few).doesNotHaveDuplicates();
        var hub = among(Subscriptions.ALL, seed, 40);
        assertThat(Lone.receiversOf(record, hub.push(Lone.peer(1), record)))
                .hasSize(few - 1)
                .doesNotContain(Lone.peer(1));
        var other = among(ONE, seed, 40);
        agreeOnNothing(other, 1);
        var another = Lone.record(3, 1);
        assertThat(Lone.receiversOf(another, other.push(Lone.peer(1), another))).hasSize(4);
    }

    @Property(tries = 50)
    void aRevocationGoesTwiceAsFar(@ForAll long seed) {
        var revocation = Lone.record(0, "x", 1, RecordType.REVOCATION, 50);
        var publish = new Gossip.Published(List.of(revocation));

        assertThat(Lone.receiversOf(revocation, among(ONE, seed).on(publish))).hasSize(8);
        var byHub = Lone.receiversOf(revocation, among(Subscriptions.ALL, seed).on(publish));
        assertThat(sites(byHub)).hasSize(SITES + 1).containsEntry("s3", 4L);
    }

    @Property(tries = 50)
    void aHubTellsTwoOfEachSiteAndAllHubs(@ForAll long seed) {
        var hub = among(Subscriptions.ALL, seed);
        var record = Lone.record(0, 1);

        var told = Lone.receiversOf(record, hub.on(new Gossip.Published(List.of(record))));

        assertThat(hubs(told)).isEqualTo(3);
        assertThat(told).hasSize(2 * SITES + 3).doesNotHaveDuplicates();
        assertThat(sites(told)).containsEntry("s0", 2L).containsEntry("s7", 2L);
    }

    @Property(tries = 50)
    void whatAHubSaysIsToldToNoHubAndNotBack(@ForAll long seed) {
        var edge = among(ONE, seed);
        agreeOnNothing(edge, 1);
        var hub = near.keySet().stream().filter(id -> near(id).hub()).findFirst().orElseThrow();
        var record = Lone.record(3, 1);

        var told = Lone.receiversOf(record, edge.push(hub, record));

        assertThat(told).hasSize(4).doesNotContain(hub);
        var again = Lone.record(3, 2);
        assertThat(Lone.receiversOf(again, edge.push(Lone.peer(1), again)))
                .doesNotContain(Lone.peer(1))
                .anyMatch(id -> near(id).hub());
    }

    @Property(tries = 20)
    void whoCatchesUpPassesOnOnlyWhatIsUrgent(@ForAll long seed) {
        var edge = among(ONE, seed);
        var old = Lone.record(3, 1);
        var revocation = Lone.record(3, "x", 2, RecordType.REVOCATION, 50);

        assertThat(Lone.receiversOf(old, edge.push(Lone.peer(1), old))).isEmpty();
        assertThat(Lone.receiversOf(revocation, edge.push(Lone.peer(1), revocation))).hasSize(8);
        agreeOnNothing(edge, 2);
    }

    /** With five neighbours at each site, and three hubs. */
    private Lone among(Subscriptions subscriptions, long seed) {
        return among(subscriptions, seed, SITES);
    }

    private Lone among(Subscriptions subscriptions, long seed, int siteCount) {
        near.clear();
        var node = new Lone(subscriptions, GossipSettings.DEFAULT, seed);
        for (int i = 0; i < 5 * siteCount + 3; i++) {
            boolean hub = i >= 5 * siteCount;
            var nearness = new Nearness(hub ? "cloud" : "s" + i % siteCount, hub);
            near.put(Lone.peer(i), nearness);
            node.meetKeeper(i, nearness);
        }
        return node;
    }

    /** A neighbour that holds the same says so. */
    private static void agreeOnNothing(Lone node, int peer) {
        for (var effect : node.tick()) {
            if (effect instanceof Gossip.Send(_, GossipMessage.Summary summary)) {
                var agreed = new GossipMessage.Agreed(summary.digest());
                node.hear(Lone.peer(peer), agreed);
            }
        }
    }

    private Nearness near(Subject id) {
        return Objects.requireNonNull(near.get(id));
    }

    private long hubs(Collection<Subject> told) {
        return told.stream().filter(id -> near(id).hub()).count();
    }

    private Map<String, Long> sites(Collection<Subject> told) {
        var sites = new HashMap<String, Long>();
        told.forEach(id -> sites.merge(near(id).site(), 1L, Long::sum));
        return sites;
    }
}
