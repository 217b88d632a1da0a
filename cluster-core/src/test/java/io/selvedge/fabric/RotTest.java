// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.testing.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records rot on the disk of a node that runs: a fault, and no deletion (P5, I3). */
class RotTest {
    private static final Signer ROOT = TestKeys.signer(100);
    private static final Signer EDGE = TestKeys.signer(2);
    private static final Scope FABRIC = new Scope.Fabric();
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Map<Bytes, SignedRecord> disk = new HashMap<>();
    private final RecordSet held = new RecordSet(disk::get);
    private final SplittableRandom random = new SplittableRandom(1);
    private final FabricNode node =
            new FabricNode(
                    new FabricNode.Self(Statements.node(1), TestKeys.signer(1), ROOT.key()),
                    held,
                    new Version(1, 0),
                    new RecordVerifier(),
                    GossipSettings.DEFAULT);
    private final SignedRecord settings = signed(1, "fabric", Statements.settings("beijing"));
    private final SignedRecord revocation = revocation(2);

    @BeforeEach
    void start() {
        var grants = List.of(grant(1), grant(2), settings, revocation);
        perform(node.start(grants, NOW, random));
        assertThat(node.view().isRevoked(EDGE.key())).isTrue();
    }

    @Test
    void neighboursBringItAgain() {
        var world = new GossipWorld(1, _ -> true);
        var a = world.add(Subscriptions.of(List.of(FABRIC)));
        var b = world.add(Subscriptions.of(List.of(FABRIC)));
        a.publish(settings);
        a.publish(revocation);
        world.link(a, b);
        world.run(Duration.ofSeconds(3));
        b.rot(revocation);

        assertThat(b.gossip.records().records()).containsExactly(settings);
        world.run(Duration.ofSeconds(3));

        assertThat(b.gossip.records().records()).hasSize(2).contains(revocation);
        assertThat(world.converged()).isTrue();
    }

    @Test
    void itIsHeldNoMoreAndStillBelieved() {
        var before = held.digest(FABRIC);
        rotAndRead(revocation);

        assertThat(held.losses(FABRIC)).containsKey(revocation.slotHash());
        assertThat(held.digest(FABRIC)).isNotEqualTo(before);
        assertThat(node.view().isRevoked(EDGE.key())).isTrue();

        publish(revocation);
        assertThat(held.records(FABRIC)).contains(revocation);
        assertThat(held.losses(FABRIC)).isEmpty();
    }

    @Test
    void nothingOlderTakesItsPlace() {
        var newer = signed(9, "fabric", Statements.settings("renamed"));
        publish(newer);
        rotAndRead(newer);

        assertThat(held.judge(settings)).isEqualTo(RecordSet.Merged.SUPERSEDED);
        publish(settings);
        assertThat(held.records(FABRIC)).doesNotContain(settings);
        assertThat(node.view().settings())
                .satisfies(believed -> assertThat(String.valueOf(believed)).contains("renamed"));
    }

    @Test
    void halfAProofIsNotBelieved() {
        var other = signed(1, "fabric", Statements.settings("liar"));
        publish(other);
        assertThat(node.view().settings()).isNull();
        rotAndRead(other);
        assertThat(node.view().settings()).isNull();
        assertThat(held.records(FABRIC)).doesNotContain(settings, other);
    }

    @Test
    void theOwnWordIsSignedAgainAbove() {
        var underlay = new FabricNode.Underlay(List.of(IpAddress.parse("10.99.2.2")));
        perform(node.on(underlay, NOW, random));
        var said = endpoint();
        disk.remove(said.hash());
        held.records(Statements.scope(1));
        perform(node.on(new FabricNode.Tick(), NOW, random));
        perform(node.on(new FabricNode.Tick(), NOW, random));

        assertThat(endpoint().version()).isGreaterThan(said.version());
    }

    private void rotAndRead(SignedRecord record) {
        disk.remove(record.hash());
        held.records(FABRIC);
        publish(signed(1, "trust", new Payload.TrustBundle(List.of())));
        perform(node.on(new FabricNode.Tick(), NOW, random));
    }

    private SignedRecord endpoint() {
        return held.records(Statements.scope(1)).stream()
                .filter(record -> record.header().type().equals(RecordType.ENDPOINT))
                .findFirst()
                .orElseThrow();
    }

    private void publish(SignedRecord record) {
        perform(node.on(new FabricNode.Published(List.of(record)), NOW, random));
    }

    private void perform(List<FabricNode.Effect> effects) {
        for (var effect : effects) {
            if (effect instanceof FabricNode.Store(var records)) {
                records.forEach(record -> disk.put(record.hash(), record));
            }
        }
        node.settle();
    }

    private static SignedRecord grant(int number) {
        var key = TestKeys.signer(number).key();
        var like = Statements.grant(number);
        var grant =
                new Payload.NodeGrant(
                        like.name(),
                        like.roles(),
                        like.site(),
                        "",
                        "",
                        like.fabricAddress(),
                        like.podCidrs(),
                        like.publicAddresses(),
                        like.communities(),
                        like.backbone(),
                        key,
                        like.ikeKey());
        return ROOT.sign(
                Statements.node(number), Statements.scope(number), new Version(1, 1), grant);
    }

    private static SignedRecord revocation(int number) {
        var key = TestKeys.signer(number).key();
        return signed(1, "key:" + key.hex(), new Payload.Revocation(key, "lost"));
    }

    private static SignedRecord signed(long version, String uid, Payload says) {
        return ROOT.sign(new Subject("beijing", uid), FABRIC, new Version(1, version), says);
    }
}
