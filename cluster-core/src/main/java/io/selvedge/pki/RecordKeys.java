// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.pki;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** The Ed25519 key pair (RFC 8032) with which a node, or the authority, signs its records. */
public record RecordKeys(PrivateKey privateKey, RecordKey recordKey) {
    private static final String ALGORITHM = "Ed25519";
    private static final int KEY_BYTES = 32;

    public static RecordKeys generate(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(255, random);
            var pair = generator.generateKeyPair();
            return new RecordKeys(pair.getPrivate(), recordKey(pair.getPublic()));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this JDK has no Ed25519", missing);
        }
    }

    public static RecordKeys fromPem(String pem) {
        var key = Pkcs8.fromPem(pem, ALGORITHM);
        if (!(key instanceof EdECPrivateKey edwards)) {
            throw new IllegalArgumentException("not an Ed25519 key");
        }
        byte[] seed = edwards.getBytes().orElseThrow();
        byte[] point = new Ed25519PrivateKeyParameters(seed, 0).generatePublicKey().getEncoded();
        return new RecordKeys(key, new RecordKey(Bytes.of(point)));
    }

    public String toPem() {
        return Pkcs8.toPem(privateKey);
    }

    /** The last 32 bytes of the SubjectPublicKeyInfo are the encoded point (RFC 8410). */
    public static RecordKey recordKey(PublicKey key) {
        byte[] spki = key.getEncoded();
        return new RecordKey(
                Bytes.of(Arrays.copyOfRange(spki, spki.length - KEY_BYTES, spki.length)));
    }

    @Override
    public String toString() {
        return "RecordKeys[" + recordKey + "]";
    }
}
