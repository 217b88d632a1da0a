// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Whether a record's writer signed it (Ed25519, RFC 8032). Says nothing about whether the writer
 * may say so. Owned by one thread: it remembers parsed keys, a bounded number of them.
 */
public final class RecordVerifier implements Verifier, Predicate<SignedRecord> {
    private static final int KEYS_MAX = 1_024;

    /** What precedes the 32 bytes of a key in a SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final LinkedHashMap<RecordKey, PublicKey> keys = new LinkedHashMap<>(16, 0.75f, true);

    @Override
    public boolean test(SignedRecord record) {
        return verify(record);
    }

    /** False also when the 32 bytes of the key are no point of the curve. */
    @Override
    public boolean verify(RecordKey key, Bytes bytes, Bytes signature) {
        var publicKey = publicKey(key);
        if (publicKey == null) {
            return false;
        }
        try {
            var verification = Signature.getInstance("Ed25519");
            verification.initVerify(publicKey);
            verification.update(bytes.toArray());
            return verification.verify(signature.toArray());
        } catch (SignatureException | InvalidKeyException notASignature) {
            return false;
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }

    private @Nullable PublicKey publicKey(RecordKey key) {
        var known = keys.get(key);
        if (known != null) {
            return known;
        }
        byte[] spki = new byte[SPKI_PREFIX.length + 32];
        System.arraycopy(SPKI_PREFIX, 0, spki, 0, SPKI_PREFIX.length);
        System.arraycopy(key.bytes().toArray(), 0, spki, SPKI_PREFIX.length, 32);
        try {
            var parsed =
                    KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
            keys.put(key, parsed);
            if (keys.size() > KEYS_MAX) {
                keys.pollFirstEntry();
            }
            return parsed;
        } catch (InvalidKeySpecException notAPoint) {
            return null;
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
