// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.FabricNode.Announce;
import io.selvedge.fabric.FabricNode.Believe;
import io.selvedge.fabric.FabricNode.DuplicateIdentity;
import io.selvedge.fabric.FabricNode.Effect;
import io.selvedge.fabric.FabricNode.Refused;
import io.selvedge.fabric.FabricNode.Reserve;
import io.selvedge.fabric.FabricNode.Send;
import io.selvedge.fabric.FabricNode.Store;
import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Limits;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.TrustBundle.Authority;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.testing.TestKeys;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.GossipMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The fabric plane of edge 1, whose neighbours are the test (P2, P5, I4, N6). */
class FabricNodeTest {
    private static final Signer ROOT = TestKeys.signer(100);
    private static final Signer AUTHORITY = TestKeys.signer(101);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final IpAddress UNDERLAY = IpAddress.parse("10.99.2.2");
    private static final IpAddress MOVED = IpAddress.parse("10.99.3.3");

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<SignedRecord> enrolment = new ArrayList<>();
    private final Map<Integer, Long> versions = new TreeMap<>();
    private FabricNode node = node(1);

    @BeforeEach
    void enrol() {
        enrolment.add(
                publish(
                        ROOT,
                        new Scope.Fabric(),
                        "trust",
                        new Payload.TrustBundle(
                                List.of(new Authority(AUTHORITY.key(), new Limits.Everything())))));
        enrolment.add(
                publish(AUTHORITY, new Scope.Fabric(), "fabric", Statements.settings("beijing")));
        for (int each = 0; each < 3; each++) {
            enrolment.add(grant(each));
        }
        enrolment.add(
                publish(
                        AUTHORITY,
                        new Scope.OfCommunity("line"),
                        "community:line",
                        Statements.line(1, 2)));
        node.start(enrolment, NOW, random);
    }

    @Test
    void reservesItsVersionsAndStoresBeforeItSends() {
        node.on(new FabricNode.Reached(new TreeSet<>(Set.of(Statements.node(0)))), NOW, random);
        hear(0, new GossipMessage.Interests(true, Kept.ALL, null, null, Bytes.EMPTY));
        var effects = node.on(new FabricNode.Underlay(List.of(UNDERLAY)), NOW, random);

        var kinds = effects.stream().<Class<?>>map(Object::getClass).distinct().toList();
        assertThat(kinds.getFirst()).isEqualTo(Reserve.class);
        assertThat(kinds.indexOf(Store.class)).isLessThan(kinds.indexOf(Send.class)).isPositive();
        assertThat(kinds).contains(Send.class, Believe.class);
    }

    @Test
    void saysOnlyWhatIsNew() {
        assertThat(endpoint(UNDERLAY)).isEqualTo(new Version(1, 1));
        assertThat(node.on(new FabricNode.Underlay(List.of(UNDERLAY)), NOW, random)).isEmpty();
        assertThat(node.on(new FabricNode.Underlay(List.of()), NOW, random)).isEmpty();
        assertThat(endpoint(MOVED)).isEqualTo(new Version(1, 2));
    }

    @Test
    void neverGivesAVersionTwiceOverACrash() {
        var before = endpoint(UNDERLAY);
        var reserved = new Version(1, 64);
        node = new FabricNode(self(1), node.records(), reserved, new RecordVerifier(), settings());
        node.start(enrolment, NOW, random);
        assertThat(endpoint(MOVED)).isGreaterThan(before).isGreaterThan(reserved);
    }

    @Test
    void goesAboveWhatAnEarlierLifeHasSaid() {
        endpoint(UNDERLAY);
        hearRecord(1, ownEndpoint(900));
        tick(3);
        assertThat(standingEndpoint()).isGreaterThan(new Version(1, 900));
    }

    @Test
    void aLivingTwinMakesItFallSilent() {
        endpoint(UNDERLAY);
        var said = new ArrayList<Effect>();
        for (int round = 1; round <= 8; round++) {
            hearRecord(1, ownEndpoint(1_000L * round));
            said.addAll(tick(20));
        }
        assertThat(said).filteredOn(DuplicateIdentity.class::isInstance).hasSize(1);
        var before = standingEndpoint();
        node.on(new FabricNode.Underlay(List.of(MOVED)), NOW, random);
        assertThat(standingEndpoint()).isEqualTo(before);
    }

    @Test
    void admitsOnlyWhoIsGrantedAtItsAddress() {
        var message = new GossipMessage.Pull(new Scope.Fabric(), List.of());
        var genuine = SignedDatagram.seal(TestKeys.signer(2), message);
        var stranger = SignedDatagram.seal(TestKeys.signer(7), message);
        byte[] torn = genuine.toArray();
        torn[40] ^= 1; // within the signature

        assertThat(refusals(Statements.address(9), genuine)).contains("no node has this address");
        assertThat(refusals(Statements.address(2), stranger)).contains("not signed with the key");
        assertThat(refusals(Statements.address(2), Bytes.of(torn)))
                .contains("its signature does not hold");
        assertThat(refusals(Statements.address(2), genuine)).doesNotContain("signed");
        assertThat(node.refusals())
                .containsOnly(
                        Map.entry(Refusal.NOT_A_NODE, 1L),
                        Map.entry(Refusal.WRONG_KEY, 1L),
                        Map.entry(Refusal.BAD_SIGNATURE, 1L),
                        Map.entry(Refusal.NOT_A_NEIGHBOUR, 1L));
    }

    @Test
    void whoIsRevokedIsAdmittedNoMore() {
        var revocation = new Payload.Revocation(TestKeys.signer(2).key(), "lost");
        var record = publish(AUTHORITY, new Scope.Fabric(), "key:2", revocation);
        node.on(new FabricNode.Published(List.of(record)), NOW, random);
        var message = new GossipMessage.Pull(new Scope.Fabric(), List.of());
        assertThat(
                        refusals(
                                Statements.address(2),
                                SignedDatagram.seal(TestKeys.signer(2), message)))
                .contains("no node has this address");
    }

    @Test
    void membersFindEachOtherByTheLanAlone() {
        var other = node(2);
        other.start(enrolment, NOW, random);
        var announced =
                other.on(new FabricNode.Underlay(List.of(MOVED)), NOW, random).stream()
                        .filter(Announce.class::isInstance)
                        .map(effect -> ((Announce) effect).announcement())
                        .findFirst()
                        .orElseThrow();

        var effects = node.on(new FabricNode.Overheard(announced), NOW, random);

        assertThat(effects).anyMatch(Believe.class::isInstance);
        var believed = node.view().endpoint(Statements.node(2));
        assertThat(believed).isNotNull();
        assertThat(node.on(new FabricNode.Overheard(announced), NOW, random))
                .as("heard again")
                .noneMatch(Store.class::isInstance);
    }

    @Test
    void aForgedAnnouncementIsRefused() {
        var forged = endpointOfTwo(TestKeys.signer(7), 99);
        overhear(forged);
        assertThat(node.view().endpoint(Statements.node(2))).isNull();

        byte[] changed = endpointOfTwo(TestKeys.signer(2), 100).bytes().toArray();
        changed[changed.length - 1] ^= 1;
        var announcement = GossipCodec.encode(new GossipMessage.Push(List.of(Bytes.of(changed))));
        assertThat(node.on(new FabricNode.Overheard(announcement), NOW, random))
                .anyMatch(Refused.class::isInstance);
    }

    @Test
    void aFloodOfAnnouncementsIsCutOff() {
        int looked = 0;
        for (int i = 0; i < 2 * FabricNode.OVERHEARD_MAX; i++) {
            looked +=
                    node.on(new FabricNode.Overheard(Bytes.of(new byte[] {1})), NOW, random).size();
        }
        assertThat(looked).isEqualTo(FabricNode.OVERHEARD_MAX);
        assertThat(node.refusals())
                .containsEntry(Refusal.RATE, (long) FabricNode.OVERHEARD_MAX)
                .containsEntry(Refusal.MALFORMED, (long) FabricNode.OVERHEARD_MAX);
        tick(1);
        assertThat(node.on(new FabricNode.Overheard(Bytes.of(new byte[] {1})), NOW, random))
                .hasSize(1);
    }

    @Test
    void whoFloodsCostsNoMoreSignaturesAndSilencesNobody() {
        int[] checked = {0};
        Verifier counting =
                (key, bytes, signature) -> {
                    checked[0]++;
                    return true;
                };
        node = new FabricNode(self(1), new RecordSet(), new Version(1, 0), counting, settings());
        node.start(enrolment, NOW, random);
        var message = new GossipMessage.Pull(new Scope.Fabric(), List.of());
        var flood = SignedDatagram.seal(TestKeys.signer(2), message);
        for (int i = 0; i < 10_000; i++) {
            node.on(new FabricNode.Datagram(Statements.address(2), flood), NOW, random);
        }
        assertThat(checked[0]).isLessThan(2_000);
        assertThat(node.refusals().get(Refusal.RATE)).isEqualTo(10_000 - checked[0]);

        int before = checked[0];
        hear(0, message);
        assertThat(checked[0]).as("the other's").isEqualTo(before + 1);

        var later = NOW.plusSeconds(10);
        node.on(new FabricNode.Datagram(Statements.address(2), flood), later, random);
        assertThat(checked[0]).as("once it has calmed down").isEqualTo(before + 2);
    }

    @Test
    void whatWasDroppedUnreadIsCounted() {
        node.on(new FabricNode.Overrun(7), NOW, random);
        assertThat(node.refusals()).containsExactly(Map.entry(Refusal.OVERRUN, 7L));
    }

    private static SignedRecord endpointOfTwo(Signer writer, long sequence) {
        return writer.sign(
                Statements.node(2),
                Statements.scope(2),
                new Version(1, sequence),
                new Payload.Endpoint(List.of(MOVED), 500, "userspace", 1));
    }

    private void overhear(SignedRecord record) {
        var message = new GossipMessage.Push(List.of(record.bytes()));
        node.on(new FabricNode.Overheard(GossipCodec.encode(message)), NOW, random);
    }

    private Version endpoint(IpAddress address) {
        node.on(new FabricNode.Underlay(List.of(address)), NOW, random);
        return standingEndpoint();
    }

    private Version standingEndpoint() {
        return node.records().records(Statements.scope(1)).stream()
                .filter(record -> record.header().type().equals(RecordType.ENDPOINT))
                .map(SignedRecord::version)
                .findFirst()
                .orElseThrow();
    }

    private SignedRecord ownEndpoint(long sequence) {
        return TestKeys.signer(1)
                .sign(
                        Statements.node(1),
                        Statements.scope(1),
                        new Version(1, sequence),
                        new Payload.Endpoint(List.of(MOVED), 500, "userspace", 1));
    }

    private void hearRecord(int about, SignedRecord record) {
        assertThat(record.header().subject()).isEqualTo(Statements.node(about));
        hear(0, new GossipMessage.Push(List.of(record.bytes())));
    }

    private void hear(int from, GossipMessage message) {
        var datagram = SignedDatagram.seal(TestKeys.signer(from), message);
        node.on(new FabricNode.Datagram(Statements.address(from), datagram), NOW, random);
    }

    private String refusals(IpAddress from, Bytes datagram) {
        return node.on(new FabricNode.Datagram(from, datagram), NOW, random).stream()
                .filter(Refused.class::isInstance)
                .toList()
                .toString();
    }

    private List<Effect> tick(int times) {
        var effects = new ArrayList<Effect>();
        for (int i = 0; i < times; i++) {
            effects.addAll(node.on(new FabricNode.Tick(), NOW, random));
        }
        return effects;
    }

    private FabricNode node(int number) {
        return new FabricNode(
                self(number), new RecordSet(), new Version(1, 0), new RecordVerifier(), settings());
    }

    private static GossipSettings settings() {
        return GossipSettings.DEFAULT;
    }

    private static FabricNode.Self self(int number) {
        return new FabricNode.Self(Statements.node(number), TestKeys.signer(number), ROOT.key());
    }

    private SignedRecord grant(int number) {
        var key = TestKeys.signer(number).key();
        var like = Statements.grant(number);
        return publish(
                AUTHORITY,
                Statements.scope(number),
                "uid-" + number,
                new Payload.NodeGrant(
                        like.name(),
                        like.roles(),
                        number == 0 ? "cloud" : "plant",
                        "",
                        "",
                        like.fabricAddress(),
                        like.podCidrs(),
                        List.of(),
                        number == 0 ? new TreeSet<>() : like.communities(),
                        new TreeSet<>(),
                        key,
                        like.ikeKey()));
    }

    private SignedRecord publish(Signer signer, Scope scope, String uid, Payload says) {
        long version = versions.merge(0, 1L, Long::sum);
        return signer.sign(new Subject("beijing", uid), scope, new Version(1, version), says);
    }
}
