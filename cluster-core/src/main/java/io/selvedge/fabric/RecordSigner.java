// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/**
 * The {@link Signer} of production: an Ed25519 key pair (RFC 8032). Safe to share between threads.
 */
public final class RecordSigner implements Signer {
    private final PrivateKey privateKey;
    private final RecordKey key;

    public RecordSigner(PrivateKey privateKey, RecordKey key) {
        this.privateKey = privateKey;
        this.key = key;
    }

    @Override
    public RecordKey key() {
        return key;
    }

    @Override
    public Bytes sign(Bytes bytes) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(bytes.toArray());
            return Bytes.of(signature.sign());
        } catch (GeneralSecurityException notAnEd25519Key) {
            throw new IllegalStateException(
                    "the record key cannot sign; it must be an Ed25519 key", notAnEd25519Key);
        }
    }
}
