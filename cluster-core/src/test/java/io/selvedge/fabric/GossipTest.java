// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.testing.TestKeys;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.RecordCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GossipTest {
    private static final Scope FABRIC = new Scope.Fabric();
    private static final Scope SITE = new Scope.Site("plant-a");
    private static final Duration UNTIL_QUIET = Duration.ofMillis(200);

    private static final Subject PEER = new Subject("beijing", "peer");
    private static final GossipMessage ANNOUNCE_ALL =
            new GossipMessage.Interests(true, Kept.ALL, null, null, Bytes.EMPTY);

    private final GossipWorld world = new GossipWorld(1, new RecordVerifier());

    @Test
    void aChangeReachesALineOfNodesWithoutAnyTick() {
        var line = new ArrayList<GossipWorld.Node>();
        for (int i = 0; i < 8; i++) {
            line.add(world.addWithoutTicks(Subscriptions.ALL));
        }
        for (int i = 1; i < 8; i++) {
            world.link(line.get(i - 1), line.get(i));
        }
        world.run(UNTIL_QUIET);

        var record = record(line.getFirst(), FABRIC, 1);
        line.getFirst().publish(record);
        world.run(UNTIL_QUIET);

        assertThat(line).allMatch(node -> node.gossip.records().records().contains(record));
    }

    @Test
    void aConvergedPairSendsOnlySummaries() {
        var a = world.add(Subscriptions.ALL);
        var b = world.add(Subscriptions.of(List.of(FABRIC)));
        for (int i = 1; i < 100; i++) {
            a.publish(endpoint(a, FABRIC, "n" + i, i));
        }
        world.link(a, b);
        world.run(Duration.ofSeconds(5));
        assertThat(world.converged()).isTrue();

        world.sent.clear();
        world.run(Duration.ofSeconds(20));

        assertThat(world.sent)
                .hasSizeBetween(40, 82)
                .allMatch(message ->
                        message instanceof GossipMessage.Summary
                                || message instanceof GossipMessage.Agreed);
        assertThat(a.gossip.agrees() && b.gossip.agrees()).isTrue();
    }

    @Test
    void whatIsNotSubscribedToIsNeitherSentNorKept() {
        var a = world.add(Subscriptions.ALL);
        var b = world.add(Subscriptions.of(List.of(FABRIC)));
        world.link(a, b);
        a.publish(record(a, SITE, 1));
        world.run(Duration.ofSeconds(5));
        assertThat(world.sent).noneMatch(GossipMessage.Push.class::isInstance);

        var pushed = new GossipMessage.Push(List.of(record(a, SITE, 1).bytes()));
        b.on(new Gossip.Received(a.id, pushed));

        assertThat(b.gossip.records().size()).isZero();
        assertThat(world.refused.getLast().reason()).isEqualTo(Refusal.NOT_KEPT_HERE);
    }

    @Test
    void subscriptionsThatGrowFetchAndThatShrinkDropAllButOwnScopes() {
        var a = world.add(Subscriptions.ALL);
        var b = world.add(Subscriptions.of(List.of(FABRIC)));
        world.link(a, b);
        var theirs = record(a, SITE, 1);
        var own = record(b, FABRIC, 1);
        a.publish(theirs);
        b.publish(own);

        b.subscribe(Subscriptions.of(List.of(FABRIC, SITE)));
        world.run(UNTIL_QUIET);
        assertThat(b.gossip.records().records()).containsExactlyInAnyOrder(own, theirs);

        b.subscribe(Subscriptions.NONE);
        assertThat(b.gossip.records().records()).containsExactly(own);
        assertThat(b.dropped).containsExactly(theirs);
    }

    @Test
    void aNodeThatLostItsDiskHearsHowFarItWas() {
        var a = world.add(Subscriptions.ALL);
        var b = world.add(Subscriptions.ALL);
        var former = record(b, FABRIC, 41);
        a.publish(former);
        b.publish(record(b, FABRIC, 1));
        world.link(a, b);
        world.run(Duration.ofSeconds(3));

        assertThat(b.ahead).containsExactly(new Gossip.SelfAhead(b.signer.key(), former.version()));

        var above = record(b, FABRIC, 42);
        b.publish(above);
        world.run(UNTIL_QUIET);
        assertThat(a.gossip.records().records()).containsExactly(above);
        assertThat(b.ahead).hasSize(1);
    }

    @Test
    void aProofOfEquivocationSpreadsUntilAHigherVersion() {
        var a = world.add(Subscriptions.ALL);
        var b = world.add(Subscriptions.ALL);
        var c = world.add(Subscriptions.ALL);
        var twin = TestKeys.signer(9);
        a.publish(endpoint(twin, FABRIC, "n9", 1, 500));
        c.publish(endpoint(twin, FABRIC, "n9", 1, 501));
        world.link(a, b);
        world.link(b, c);
        world.run(Duration.ofSeconds(10));

        for (var node : world.nodes) {
            assertThat(node.gossip.records().equivocations()).hasSize(1);
            assertThat(node.gossip.records().statements()).isEmpty();
        }

        c.publish(endpoint(twin, FABRIC, "n9", 2, 501));
        world.run(UNTIL_QUIET);
        for (var node : world.nodes) {
            assertThat(node.gossip.records().equivocations()).isEmpty();
            assertThat(node.gossip.records().statements()).hasSize(1);
        }
    }

    @Test
    void forgedAndMalformedRecordsAreRefusedAndTheRestIsTaken() {
        var a = world.add(Subscriptions.ALL);
        var b = world.add(Subscriptions.ALL);
        world.link(a, b);
        var good = record(a, FABRIC, 1);
        var forged = RecordCodec.record(good.body(), Bytes.of(new byte[64]));
        var noise = Bytes.ofHex("ffff");

        b.on(
                new Gossip.Received(
                        a.id, new GossipMessage.Push(List.of(noise, forged, good.bytes()))));

        assertThat(world.refused)
                .extracting(Gossip.Refused::reason)
                .containsExactly(Refusal.MALFORMED, Refusal.BAD_SIGNATURE);
        assertThat(b.gossip.records().records()).containsExactly(good);
        assertThat(b.stored).containsExactly(good);
    }

    @Test
    void aForgersRecordsAreSoonNotVerifiedAnyMore() {
        var checked = new ArrayList<SignedRecord>();
        var counted =
                new GossipWorld(
                        1,
                        record -> {
                            checked.add(record);
                            return record.signature().longAt(0) != 0;
                        });
        var a = counted.add(Subscriptions.ALL);
        var b = counted.add(Subscriptions.ALL);
        var c = counted.add(Subscriptions.ALL);
        counted.link(a, b);
        counted.link(b, c);
        for (int i = 1; i <= 200; i++) {
            var body = record(a, FABRIC, i).body();
            var forged = RecordCodec.record(body, Bytes.of(new byte[64]));
            b.on(new Gossip.Received(a.id, new GossipMessage.Push(List.of(forged))));
        }
        assertThat(checked).hasSizeLessThan(20);

        var good = record(c, FABRIC, 1);
        b.on(new Gossip.Received(c.id, new GossipMessage.Push(List.of(good.bytes()))));
        assertThat(b.gossip.records().records()).containsExactly(good);
    }

    @Test
    void aStrangersQuestionsAreNotAnswered() {
        var a = world.add(Subscriptions.ALL);
        a.publish(record(a, FABRIC, 1));
        var stranger = new Subject("beijing", "stranger");

        a.on(
                new Gossip.Received(
                        stranger, new GossipMessage.Listing(FABRIC, null, null, List.of())));

        assertThat(world.sent).isEmpty();
        assertThat(world.refused.getLast().reason()).isEqualTo(Refusal.NOT_A_NEIGHBOUR);
    }

    @Test
    void aNeighbourGetsItsBudgetATickAndTheMostUrgentFirst() {
        var gossip = small(settings(4_096, 1 << 20));
        var signer = TestKeys.signer(0);
        var records = new ArrayList<SignedRecord>();
        for (int i = 1; i <= 40; i++) {
            records.add(endpoint(signer, FABRIC, "n" + i, i, 500));
        }
        var revocation =
                signer.sign(
                        new Subject("beijing", "x"),
                        FABRIC,
                        new Version(0, 99),
                        new Payload.Revocation(TestKeys.signer(3).key(), "lost"));
        records.add(revocation);
        on(gossip, new Gossip.Received(PEER, ANNOUNCE_ALL), 0);

        var first = pushed(on(gossip, new Gossip.Published(records), 0));
        var idle = pushed(on(gossip, new Gossip.Published(List.of()), 1));
        var second = pushed(on(gossip, new Gossip.Tick(), 1_000));

        assertThat(first.getFirst()).isEqualTo(revocation.bytes());
        assertThat(first.stream().mapToInt(Bytes::size).sum()).isBetween(2_000, 4_000 + 1_200);
        assertThat(idle).hasSizeLessThan(8);
        assertThat(second).isNotEmpty();
    }

    @Test
    void aBabblerCostsNoMoreThanItsBudget() {
        var gossip = small(settings(8, 1 << 20));
        var signer = TestKeys.signer(0);
        on(gossip, new Gossip.Received(PEER, ANNOUNCE_ALL), 0);
        for (int i = 1; i <= 40; i++) {
            on(gossip, new Gossip.Published(List.of(endpoint(signer, FABRIC, "n" + i, i, 500))), 0);
        }
        var wrong = new GossipMessage.ScopeDigest(FABRIC, Bytes.of(new byte[16]));
        var asking = new GossipMessage.Digests(null, null, List.of(wrong));
        int answered = 0;
        for (int i = 0; i < 1_000; i++) {
            answered += on(gossip, new Gossip.Received(PEER, asking), 1).size();
        }
        assertThat(answered).isLessThan(8);

        var many = Bytes.ofLongs(LongStream.range(0, 17).toArray());
        var whole = Bytes.ofLongs(1);
        var announcing = new GossipMessage.Interests(false, whole, null, null, many);
        assertThat(on(gossip, new Gossip.Received(PEER, announcing), 1))
                .anyMatch(effect ->
                        effect instanceof Gossip.Refused refused
                                && refused.reason() == Refusal.FULL);
    }

    @Test
    void aFullStoreTakesNewVersionsAndNoNewSlots() {
        var gossip = small(settings(8, 200));
        on(gossip, new Gossip.Quoted(_ -> Quota.CONNECTOR), 0);
        var signer = TestKeys.signer(1);

        push(gossip, endpoint(signer, FABRIC, "n1", 1, 500));
        push(gossip, endpoint(signer, FABRIC, "n2", 2, 500));
        push(gossip, endpoint(signer, FABRIC, "n1", 3, 500));

        assertThat(gossip.records().records())
                .containsExactly(endpoint(signer, FABRIC, "n1", 3, 500));
    }

    @Test
    void whatAnAuthoritySaysFindsRoomInAFullStore() {
        var gossip = small(settings(8, 200));
        var signer = TestKeys.signer(1);

        push(gossip, endpoint(signer, FABRIC, "n1", 1, 500));
        push(gossip, endpoint(signer, FABRIC, "n2", 2, 500));

        assertThat(gossip.records().size()).isEqualTo(2);
    }

    @Test
    void aLargeRecordTravelsAlone() {
        var a = world.add(Subscriptions.ALL);
        var b = world.add(Subscriptions.ALL);
        world.link(a, b);
        world.run(UNTIL_QUIET);
        var large =
                a.signer.sign(
                        new RecordType(99),
                        a.id,
                        FABRIC,
                        new Version(0, 5),
                        Bytes.of(new byte[16_000]));
        a.on(new Gossip.Published(List.of(record(a, FABRIC, 1), large, record(a, SITE, 2))));
        world.run(UNTIL_QUIET);

        assertThat(b.gossip.records().size()).isEqualTo(3);
    }

    private static GossipSettings settings(int waitingMax, long heldBytesMax) {
        return new GossipSettings(
                Duration.ofSeconds(1), 4_000, 1 << 20, waitingMax, 16, heldBytesMax, 4, 2, 16);
    }

    private static Gossip small(GossipSettings settings) {
        Set<RecordKey> own = Set.of(TestKeys.signer(0).key());
        var gossip = new Gossip(own, new RecordSet(), new RecordVerifier(), settings);
        on(gossip, new Gossip.Subscribed(Subscriptions.ALL), 0);
        var near = new Gossip.Nearness("plant-b", false);
        on(gossip, new Gossip.Neighbours("plant-a", new TreeMap<>(Map.of(PEER, near))), 0);
        on(gossip, new Gossip.Quoted(_ -> Quota.AUTHORITY), 0);
        return gossip;
    }

    private static List<Gossip.Effect> on(Gossip gossip, Gossip.Input input, long millis) {
        return gossip.on(input, Instant.ofEpochMilli(millis), new Random(1));
    }

    private static void push(Gossip gossip, SignedRecord record) {
        on(gossip, new Gossip.Received(PEER, new GossipMessage.Push(List.of(record.bytes()))), 0);
    }

    private static List<Bytes> pushed(List<Gossip.Effect> effects) {
        var records = new ArrayList<Bytes>();
        for (var effect : effects) {
            if (effect instanceof Gossip.Send(_, GossipMessage.Push(var pushed))) {
                records.addAll(pushed);
            }
        }
        return records;
    }

    private static SignedRecord record(GossipWorld.Node node, Scope scope, int version) {
        return endpoint(node, scope, node.id.uid(), version);
    }

    private static SignedRecord endpoint(
            GossipWorld.Node node, Scope scope, String uid, int version) {
        return endpoint(node.signer, scope, uid, version, 500);
    }

    private static SignedRecord endpoint(
            RecordSigner signer, Scope scope, String uid, int version, int port) {
        return signer.sign(
                new Subject("beijing", uid),
                scope,
                new Version(0, version),
                new Payload.Endpoint(List.of(), port, "userspace", 1));
    }
}
