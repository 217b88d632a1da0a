// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/**
 * The proof that whoever holds a node's two keys lets one authority grant them: a signature by each
 * over both and the authority's key. Keys are public, so another site authority can name them in a
 * grant of its own; it can not prove this.
 *
 * <p>A grant may come without a proof, as older ones do. One whose proof does not hold is refused
 * like a broken signature, so a grant that is held and has a proof is proven.
 */
public final class Possession {
    /** Keeps these signatures from being any others. */
    private static final byte[] CONTEXT =
            "selvedge possession 1\0".getBytes(StandardCharsets.US_ASCII);

    private static final int RECORD_SIGNATURE_SIZE = 64;

    private Possession() {}

    /** Proves to an authority that {@code node} and {@code ikePrivate} are one node's keys. */
    public static Bytes prove(Signer node, IkeKey ike, PrivateKey ikePrivate, RecordKey authority) {
        var said = said(authority, node.key(), ike);
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(ikePrivate);
            signature.update(said.toArray());
            byte[] byIke = signature.sign();
            byte[] byRecordKey = node.sign(said).toArray();
            return Bytes.of(
                    ByteBuffer.allocate(byRecordKey.length + byIke.length)
                            .put(byRecordKey)
                            .put(byIke)
                            .array());
        } catch (GeneralSecurityException notAnEcKey) {
            throw new IllegalArgumentException(
                    "the IKE key cannot sign; it must be an EC key", notAnEcKey);
        }
    }

    /** Whether the holder of both keys lets the authority grant them. */
    public static boolean holds(
            RecordKey authority, RecordKey node, IkeKey ike, Bytes proof, Verifier verifier) {
        if (proof.size() <= RECORD_SIGNATURE_SIZE) {
            return false;
        }
        byte[] both = proof.toArray();
        var said = said(authority, node, ike);
        var byRecordKey = ByteBuffer.allocate(RECORD_SIGNATURE_SIZE);
        byRecordKey.put(both, 0, RECORD_SIGNATURE_SIZE);
        return verifier.verify(node, said, Bytes.of(byRecordKey.array()))
                && signed(ike, said, both);
    }

    /** Whether a record claims no possession that is not proven. */
    static boolean isHonest(SignedRecord record, Verifier verifier) {
        if (!record.header().type().equals(RecordType.NODE_GRANT)) {
            return true;
        }
        var said = record.statement().map(Statement::payload).orElse(null);
        return !(said instanceof NodeGrant grant)
                || grant.possession().size() == 0
                || holds(
                        record.header().writer(),
                        grant.recordKey(),
                        grant.ikeKey(),
                        grant.possession(),
                        verifier);
    }

    private static boolean signed(IkeKey ike, Bytes said, byte[] proof) {
        try {
            var key =
                    KeyFactory.getInstance("EC")
                            .generatePublic(new X509EncodedKeySpec(ike.spki().toArray()));
            var verification = Signature.getInstance("SHA256withECDSA");
            verification.initVerify(key);
            verification.update(said.toArray());
            return verification.verify(
                    proof, RECORD_SIGNATURE_SIZE, proof.length - RECORD_SIGNATURE_SIZE);
        } catch (GeneralSecurityException noKeyOrNoSignature) {
            return false;
        }
    }

    private static Bytes said(RecordKey authority, RecordKey node, IkeKey ike) {
        var spki = ike.spki().toArray();
        return Bytes.of(
                ByteBuffer.allocate(CONTEXT.length + 64 + spki.length)
                        .put(CONTEXT)
                        .put(authority.bytes().toArray())
                        .put(node.bytes().toArray())
                        .put(spki)
                        .array());
    }
}
