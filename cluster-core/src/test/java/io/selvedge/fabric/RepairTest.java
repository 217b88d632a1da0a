// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.RecordCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** What it costs to find one difference among much that is equal. */
class RepairTest {
    private static final Scope LINE = new Scope.OfCommunity("line");

    private final GossipWorld world = new GossipWorld(1, _ -> true);

    @Test
    void oneRecordAmongTwoThousandOfAScope() {
        var a = world.add(Subscriptions.of(List.of(LINE)));
        var b = world.add(Subscriptions.of(List.of(LINE)));
        fill(2_000, _ -> LINE, a, b);

        repairs(a, b, record(1_000, LINE, 2));

        assertThat(world.sent.stream().filter(RepairTest::isNotIdle)).hasSizeLessThan(10);
        assertThat(bytes()).isLessThan(8_000);
    }

    @Test
    void oneScopeAmongFiveThousandOfTwoHubs() {
        var a = world.add(Subscriptions.ALL);
        var b = world.add(Subscriptions.ALL);
        fill(5_000, RepairTest::site, a, b);

        repairs(a, b, record(77, site(77), 2));

        assertThat(world.sent.stream().filter(RepairTest::isNotIdle)).hasSizeLessThan(16);
        assertThat(bytes()).isLessThan(15_000);
    }

    @Test
    void oneScopeThatTheOtherHubLacks() {
        var a = world.add(Subscriptions.ALL);
        var b = world.add(Subscriptions.ALL);
        fill(5_000, RepairTest::site, a, b);

        repairs(a, b, record(9_999, site(9_999), 1));

        assertThat(world.sent.stream().filter(RepairTest::isNotIdle)).hasSizeLessThan(16);
    }

    @Test
    void anEmptyNodeIsFilledByOneNeighbourWithoutAnyListing() {
        var full = world.add(Subscriptions.ALL);
        var empty = world.add(Subscriptions.of(sites(50)));
        fill(50, RepairTest::site, full);
        world.link(full, empty);
        world.run(Duration.ofSeconds(3));

        assertThat(world.converged()).isTrue();
        assertThat(empty.gossip.records().size()).isEqualTo(50);
        assertThat(world.sent).noneMatch(GossipMessage.Listing.class::isInstance);
        long pushed =
                world.sent.stream()
                        .mapToLong(sent ->
                                sent instanceof GossipMessage.Push(var records)
                                        ? records.size()
                                        : 0)
                        .sum();
        assertThat(pushed).isLessThanOrEqualTo(50);
    }

    @Test
    void interestsAreToldOnceAndChangesAlone() {
        var hub = world.add(Subscriptions.ALL);
        var edge = world.add(Subscriptions.of(sites(300)));
        world.link(hub, edge);
        world.run(Duration.ofSeconds(5));
        assertThat(interests().stream().mapToInt(RepairTest::count).sum()).isEqualTo(300);

        world.sent.clear();
        world.run(Duration.ofSeconds(20));
        assertThat(interests()).isEmpty();

        edge.subscribe(Subscriptions.of(sites(301)));
        world.run(Duration.ofSeconds(20));
        assertThat(interests()).hasSize(1).allMatch(told -> count(told) == 1);

        hub.publish(record(300, site(300), 1));
        world.run(Duration.ofMillis(200));
        assertThat(edge.gossip.records().size()).isEqualTo(1);
    }

    @Test
    void aLostAnnouncementIsToldAgain() {
        var hub = world.add(Subscriptions.ALL);
        var edge = world.add(Subscriptions.of(sites(30)));
        world.link(hub, edge);
        world.run(Duration.ofSeconds(5));
        world.cut(true);
        edge.subscribe(Subscriptions.of(sites(60)));
        hub.publish(record(50, site(50), 1));
        world.run(Duration.ofSeconds(5));
        assertThat(edge.gossip.records().size()).isZero();

        world.cut(false);
        world.run(Duration.ofSeconds(3));

        assertThat(edge.gossip.records().size()).isEqualTo(1);
    }

    /** Links them while they hold the same, and gives one a record while they do not hear. */
    private void repairs(GossipWorld.Node a, GossipWorld.Node b, SignedRecord record) {
        world.link(a, b);
        world.run(Duration.ofSeconds(5));
        assertThat(world.converged()).isTrue();
        world.cut(true);
        a.publish(record);
        world.run(Duration.ofSeconds(1));
        world.cut(false);
        world.sent.clear();

        world.run(Duration.ofSeconds(4));

        assertThat(world.converged()).isTrue();
        assertThat(b.gossip.records().records(record.slot())).containsExactly(record);
        assertThat(a.gossip.agrees() && b.gossip.agrees()).isTrue();
    }

    private static void fill(int records, IntFunction<Scope> scope, GossipWorld.Node... nodes) {
        var all = new ArrayList<SignedRecord>();
        for (int i = 0; i < records; i++) {
            all.add(record(i, scope.apply(i), 1));
        }
        for (var node : nodes) {
            node.on(new Gossip.Published(all));
        }
    }

    private static boolean isNotIdle(GossipMessage message) {
        return !(message instanceof GossipMessage.Summary
                || message instanceof GossipMessage.Agreed);
    }

    private long bytes() {
        return world.sent.stream()
                .mapToLong(sent -> GossipCodec.size(sent) + SignedDatagram.OVERHEAD)
                .sum();
    }

    private List<GossipMessage.Interests> interests() {
        return world.sent.stream()
                .filter(GossipMessage.Interests.class::isInstance)
                .map(GossipMessage.Interests.class::cast)
                .toList();
    }

    private static int count(GossipMessage.Interests told) {
        return told.hashes().size() / GossipMessage.SHORT_SIZE;
    }

    private static Scope site(int number) {
        return new Scope.Site("s" + number);
    }

    private static List<Scope> sites(int count) {
        var sites = new ArrayList<Scope>();
        for (int i = 0; i < count; i++) {
            sites.add(site(i));
        }
        return sites;
    }

    private static SignedRecord record(int number, Scope scope, int version) {
        var header =
                new Header(
                        RecordType.ENDPOINT,
                        new Subject("beijing", "n" + number),
                        Lone.writer(9),
                        scope,
                        new Version(0, version));
        var body = RecordCodec.body(header, Bytes.of(new byte[100]));
        return new SignedRecord(header, body, Bytes.of(new byte[RecordCodec.SIGNATURE_SIZE]));
    }
}
