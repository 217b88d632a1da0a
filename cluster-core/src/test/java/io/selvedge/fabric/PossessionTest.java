// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static io.selvedge.fabric.Statements.OTHER_PLANT;
import static io.selvedge.fabric.Statements.PLANT;
import static io.selvedge.fabric.Statements.granted;
import static io.selvedge.fabric.Statements.key;
import static io.selvedge.fabric.Statements.node;
import static io.selvedge.fabric.Statements.revoked;
import static io.selvedge.fabric.Statements.view;
import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Version;
import io.selvedge.pki.IkeKeys;
import io.selvedge.testing.TestKeys;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

/** A site authority cannot shut out another's node by naming its keys (I4). */
class PossessionTest {
    private static final Statement ALL = Statements.trusted(PLANT, OTHER_PLANT);
    private static final Bytes PROOF = Bytes.ofHex("01".repeat(136));

    private final RecordSigner edge = TestKeys.signer(2);
    private final RecordSigner owner = TestKeys.signer(3);
    private final RecordSigner thief = TestKeys.signer(4);
    private final IkeKeys ike = IkeKeys.generate(new SecureRandom());
    private final Bytes proof = Possession.prove(edge, ike.ikeKey(), ike.privateKey(), owner.key());
    private final RecordVerifier verifier = new RecordVerifier();

    @Test
    void aProofIsForOneAuthorityAndOnePairOfKeys() {
        var other = IkeKeys.generate(new SecureRandom());
        assertThat(holds(owner, edge, ike, proof)).isTrue();
        assertThat(holds(thief, edge, ike, proof)).isFalse();
        assertThat(holds(owner, thief, ike, proof)).isFalse();
        assertThat(holds(owner, edge, other, proof)).isFalse();
        assertThat(holds(owner, edge, ike, Bytes.ofHex("00"))).isFalse();

        var halves = Possession.prove(edge, ike.ikeKey(), other.privateKey(), owner.key());
        assertThat(holds(owner, edge, ike, halves)).as("of another IKE key's holder").isFalse();
    }

    @Test
    void aGrantWhoseProofDoesNotHoldIsRefused() {
        assertThat(verifier.verify(signed(owner, proof))).isTrue();
        assertThat(verifier.verify(signed(owner, Bytes.EMPTY))).isTrue();
        assertThat(verifier.verify(signed(thief, proof))).isFalse();
    }

    @Test
    void whoProvesPossessionIsBelieved() {
        var stolen = granted(PLANT, 3, Statements.grant(3, 3, 3, 17));
        var plain = granted(OTHER_PLANT, 17, Statements.grant(17));
        var proven = granted(OTHER_PLANT, 17, proven(Statements.grant(17), PROOF));

        assertThat(view(ALL, stolen, plain).grants()).containsOnlyKeys(node(3));
        assertThat(view(ALL, stolen, proven).grants()).containsOnlyKeys(node(17));
        assertThat(view(ALL, proven, stolen).grants()).containsOnlyKeys(node(17));
    }

    @Test
    void norCanAThiefRevokeTheKey() {
        var stolen = granted(PLANT, 3, Statements.grant(3, 3, 3, 17));
        var proven = granted(OTHER_PLANT, 17, proven(Statements.grant(17), PROOF));

        assertThat(view(ALL, stolen, proven, revoked(PLANT, key(17))).isRevoked(key(17))).isFalse();
        assertThat(view(ALL, stolen, proven, revoked(OTHER_PLANT, key(17))).isRevoked(key(17)))
                .isTrue();
    }

    @Test
    void anAuthoritysWordNeedsNoProof() {
        var all = Statements.trusted(Statements.FIRST, OTHER_PLANT);
        var moved = granted(Statements.FIRST, 3, Statements.grant(3, 3, 3, 17));
        var proven = granted(OTHER_PLANT, 17, proven(Statements.grant(17), PROOF));

        assertThat(view(all, moved, proven).grants()).containsOnlyKeys(node(3));
    }

    private boolean holds(RecordSigner authority, RecordSigner node, IkeKeys keys, Bytes said) {
        return Possession.holds(authority.key(), node.key(), keys.ikeKey(), said, verifier);
    }

    private SignedRecord signed(RecordSigner by, Bytes possession) {
        var like = Statements.grant(2);
        var grant =
                new NodeGrant(
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
                        edge.key(),
                        ike.ikeKey(),
                        possession);
        return by.sign(node(2), Statements.scope(2), new Version(1, 1), grant);
    }

    private static NodeGrant proven(NodeGrant like, Bytes possession) {
        return new NodeGrant(
                like.name(),
                like.roles(),
                like.site(),
                like.zone(),
                like.region(),
                like.fabricAddress(),
                like.podCidrs(),
                like.publicAddresses(),
                like.communities(),
                like.backbone(),
                like.recordKey(),
                like.ikeKey(),
                possession);
    }
}
