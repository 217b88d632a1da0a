// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.RecordCodec;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/**
 * A writer: its Ed25519 key pair. Safe to share between threads. Never give two different payloads
 * the same version, not even after a crash: that is equivocation, and every node sees the proof.
 */
public final class RecordSigner {
    private final PrivateKey privateKey;
    private final RecordKey key;

    public RecordSigner(PrivateKey privateKey, RecordKey key) {
        this.privateKey = privateKey;
        this.key = key;
    }

    public RecordKey key() {
        return key;
    }

    /**
     * Signs what a payload says, and makes sure that every node can read it.
     *
     * @throws IllegalArgumentException when other nodes could not read the record: it is too large,
     *     or a value lies outside the range that travels
     */
    public SignedRecord sign(Subject subject, Scope scope, Version version, Payload payload) {
        return sign(new Header(payload.type(), subject, key, scope, version), payload);
    }

    /** Signs under a head whose writer is this one. */
    public SignedRecord sign(Header header, Payload payload) {
        if (!header.writer().equals(key) || !header.type().equals(payload.type())) {
            throw new IllegalArgumentException("the head is not of this writer and payload");
        }
        var record = sign(header, RecordCodec.payload(payload));
        boolean readable =
                record.statement().filter(said -> said.payload().equals(payload)).isPresent();
        if (!readable) {
            throw new IllegalArgumentException(
                    "a payload is outside the range that travels: " + payload);
        }
        return record;
    }

    /** Signs a payload that is bytes already, of whatever type. */
    public SignedRecord sign(
            RecordType type, Subject subject, Scope scope, Version version, Bytes payload) {
        return sign(new Header(type, subject, key, scope, version), payload);
    }

    private SignedRecord sign(Header header, Bytes payload) {
        var body = RecordCodec.body(header, payload);
        try {
            return SignedRecord.parse(RecordCodec.record(body, sign(body)));
        } catch (MalformedRecord refused) {
            throw new IllegalArgumentException(
                    "other nodes would refuse this record: " + refused.getMessage(), refused);
        }
    }

    /** The signature over bytes (RFC 8032: 64 bytes, always the same for the same bytes). */
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
