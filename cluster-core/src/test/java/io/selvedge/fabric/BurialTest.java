// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.Header;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.testing.TestKeys;
import io.selvedge.wire.GossipMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A connector keeps nothing of nodes that are gone for good (I3). */
class BurialTest {
    private static final Signer ROOT = TestKeys.signer(100);
    private static final Signer AUTHORITY = TestKeys.signer(101);
    private static final Signer PLANT = TestKeys.signer(103);
    private static final Scope FABRIC = new Scope.Fabric();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SplittableRandom random = new SplittableRandom(1);
    private long sequence = 100;
    private final FabricNode hub = hub();

    private final List<SignedRecord> standing =
            List.of(
                    signed(ROOT, FABRIC, "trust", 0, trust()),
                    signed(AUTHORITY, FABRIC, "fabric", 0, Statements.settings("beijing")),
                    granted(AUTHORITY, 0, 1),
                    granted(AUTHORITY, 1, 1));
    private final SignedRecord grant = granted(AUTHORITY, 2, 1);
    private final SignedRecord alive = roster(AUTHORITY, 2, 1, grantOf(2));
    private final SignedRecord endpoint = endpoint(2, 1);
    private final SignedRecord seen =
            TestKeys.signer(0)
                    .sign(
                            Statements.node(2),
                            Statements.scope(2),
                            new Version(1, 1),
                            new Payload.Observation(IpAddress.parse("10.99.9.9"), 500, true));
    private final SignedRecord unknown =
            TestKeys.signer(2)
                    .sign(
                            new RecordType(99),
                            Statements.node(2),
                            Statements.scope(2),
                            new Version(1, 2),
                            Bytes.ofHex("00"));
    private final SignedRecord dead = roster(AUTHORITY, 2, 2);

    @Test
    void ofARemovedNodeOnlyTheRosterIsKept() {
        take(standing, List.of(grant, alive, endpoint, seen, unknown));
        assertThat(hub.records().records(Statements.scope(2))).hasSize(5);

        var effects = hear(dead);

        assertThat(hub.records().records(Statements.scope(2))).containsExactly(dead);
        assertThat(forgotten(effects)).containsExactlyInAnyOrder(grant, endpoint, seen, unknown);
        assertThat(hub.records().share(TestKeys.signer(2).key()).records()).isZero();
    }

    @Test
    void whatIsOfferedAgainIsRefusedAndCounted() {
        take(standing, List.of(grant, alive, endpoint, dead));
        assertThat(hear(endpoint(2, 7))).noneMatch(FabricNode.Store.class::isInstance);
        assertThat(hear(grant)).noneMatch(FabricNode.Store.class::isInstance);
        assertThat(hub.refusals()).containsEntry(Refusal.DEAD, 2L);

        var again = hub.on(new FabricNode.Published(List.of(grant)), NOW, random);
        assertThat(again).isEmpty();
    }

    @Test
    void whoIsGrantedAgainIsHeardAgain() {
        take(standing, List.of(grant, alive, endpoint, dead));
        take(List.of(granted(AUTHORITY, 2, 3)));
        take(List.of(endpoint));
        assertThat(hub.records().records(Statements.scope(2))).contains(endpoint);
        assertThat(hub.view().endpoint(Statements.node(2))).isNotNull();
    }

    @Test
    void beforeItsGrantArrivesANodeIsOnlyUnknown() {
        take(standing, List.of(endpoint));
        assertThat(hub.records().records(Statements.scope(2))).containsExactly(endpoint);
        take(List.of(alive));
        assertThat(hub.records().records(Statements.scope(2))).contains(endpoint);
    }

    @Test
    void ofARevokedKeyTheRevocationAndTheGrantStay() {
        var revocation = revocation(AUTHORITY, 2);
        take(standing, List.of(grant, alive, endpoint, unknown, seen));
        hear(revocation);

        assertThat(hub.records().records(FABRIC)).contains(revocation);
        assertThat(hub.records().records(Statements.scope(2)))
                .containsExactlyInAnyOrder(grant, alive, seen);
    }

    @Test
    void theGrantThatARevocationHangsOnStays() {
        var theirs = granted(PLANT, 3, 1);
        take(standing, List.of(theirs, revocation(PLANT, 3), roster(PLANT, 3, 2)));

        assertThat(hub.view().isRevoked(TestKeys.signer(3).key())).isTrue();
        assertThat(hub.records().records(Statements.scope(3))).contains(theirs);
    }

    @Test
    void whatComesInAnyOrderLeavesTheSame() {
        var records = new ArrayList<>(List.of(grant, alive, endpoint, seen, unknown, dead));
        records.add(endpoint(2, 2));
        records.add(
                TestKeys.signer(2)
                        .sign(
                                Statements.node(2),
                                Statements.scope(2),
                                new Version(1, 2),
                                new Payload.Endpoint(
                                        List.of(IpAddress.parse("10.99.7.7")), 4500, "x", 1)));
        records.addAll(List.of(granted(AUTHORITY, 4, 1), endpoint(4, 1), revocation(AUTHORITY, 4)));
        records.addAll(List.of(granted(PLANT, 3, 1), revocation(PLANT, 3), roster(PLANT, 3, 2)));
        var digests = new ArrayList<Map<Scope, Bytes>>();
        for (int seed = 0; seed < 40; seed++) {
            var node = hub();
            node.start(standing, NOW, random);
            var order = new ArrayList<>(records);
            for (int round = 0; round < 3; round++) {
                Collections.shuffle(order, new Random(seed * 3L + round));
                order.forEach(record -> hear(node, record));
            }
            var left = new TreeMap<Scope, Bytes>();
            node.records().scopes().forEach(scope -> left.put(scope, node.records().digest(scope)));
            digests.add(left);
        }
        assertThat(digests).containsOnly(digests.getFirst());
    }

    @Test
    void whoIsGoneSaysNothingMore() {
        var gone = node(2);
        gone.start(standing, NOW, random);
        for (var record : List.of(grant, alive, dead)) {
            gone.on(new FabricNode.Published(List.of(record)), NOW, random);
        }
        var underlay = new FabricNode.Underlay(List.of(IpAddress.parse("10.99.2.2")));
        assertThat(gone.on(underlay, NOW, random)).isEmpty();
        assertThat(gone.records().recordsOf(TestKeys.signer(2).key())).isEmpty();
    }

    @SafeVarargs
    private void take(Collection<SignedRecord>... lots) {
        for (var lot : lots) {
            for (var record : lot) {
                if (hub.records().size() == 0 || standing.contains(record)) {
                    hub.start(List.of(record), NOW, random);
                } else {
                    hear(record);
                }
            }
        }
    }

    private List<FabricNode.Effect> hear(SignedRecord record) {
        return hear(hub, record);
    }

    private List<FabricNode.Effect> hear(FabricNode node, SignedRecord record) {
        var push = new GossipMessage.Push(List.of(record.bytes()));
        var datagram = SignedDatagram.seal(TestKeys.signer(1), push);
        return node.on(new FabricNode.Datagram(Statements.address(1), datagram), NOW, random);
    }

    private static List<SignedRecord> forgotten(List<FabricNode.Effect> effects) {
        return effects.stream()
                .filter(FabricNode.Forget.class::isInstance)
                .flatMap(effect -> ((FabricNode.Forget) effect).records().stream())
                .toList();
    }

    private static FabricNode hub() {
        return node(0);
    }

    private static FabricNode node(int number) {
        return new FabricNode(
                new FabricNode.Self(Statements.node(number), TestKeys.signer(number), ROOT.key()),
                new RecordSet(),
                new Version(1, 0),
                (key, bytes, signature) -> true,
                GossipSettings.DEFAULT);
    }

    private static Payload.TrustBundle trust() {
        var plant =
                new Limits.OfSites(
                        new TreeSet<>(List.of("plant")),
                        new TreeSet<>(List.of(Cidr.parse("10.244.0.0/20"))),
                        Cidr.parse("100.71.0.0/28"));
        return new Payload.TrustBundle(
                List.of(
                        new Authority(AUTHORITY.key(), new Limits.Everything()),
                        new Authority(PLANT.key(), plant)));
    }

    private static Bytes grantOf(int number) {
        return Rosters.hash(RecordType.NODE_GRANT, Statements.node(number));
    }

    private SignedRecord granted(Signer by, int number, long publication) {
        var like = Statements.grant(number);
        return signed(
                by,
                Statements.scope(number),
                Statements.node(number).uid(),
                publication,
                new Payload.NodeGrant(
                        like.name(),
                        like.roles(),
                        like.site(),
                        "",
                        "",
                        like.fabricAddress(),
                        like.podCidrs(),
                        List.of(),
                        like.communities(),
                        new TreeSet<>(),
                        TestKeys.signer(number).key(),
                        like.ikeKey()));
    }

    private static SignedRecord endpoint(int number, long version) {
        return TestKeys.signer(number)
                .sign(
                        Statements.node(number),
                        Statements.scope(number),
                        new Version(1, version),
                        new Payload.Endpoint(
                                List.of(IpAddress.parse("10.99.3.3")), 500, "userspace", 1));
    }

    private SignedRecord roster(Signer by, int number, long publication, Bytes... live) {
        var says = new Payload.Roster(publication, 0, 1, new TreeSet<>(List.of(live)));
        return signed(by, Statements.scope(number), "roster", 0, says);
    }

    private SignedRecord revocation(Signer by, int number) {
        var key = TestKeys.signer(number).key();
        return signed(by, FABRIC, "key:" + key.hex(), 0, new Payload.Revocation(key, "lost"));
    }

    private SignedRecord signed(
            Signer by, Scope scope, String uid, long publication, Payload says) {
        var version = new Version(1, sequence++);
        var subject = new Subject("beijing", uid);
        return by.sign(
                new Header(says.type(), subject, by.key(), scope, version, publication), says);
    }
}
