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

/**
 * A writer: its key, and what signs with it. Never give two different payloads the same version,
 * not even after a crash: that is equivocation, and every node sees the proof.
 */
public interface Signer {
    RecordKey key();

    /** The signature over bytes: 64 bytes, always the same for the same bytes. */
    Bytes sign(Bytes bytes);

    /**
     * Signs what a payload says, and makes sure that every node can read it.
     *
     * @throws IllegalArgumentException when other nodes could not read the record: it is too large,
     *     or a value lies outside the range that travels
     */
    default SignedRecord sign(Subject subject, Scope scope, Version version, Payload payload) {
        return sign(new Header(payload.type(), subject, key(), scope, version), payload);
    }

    /** Signs under a head whose writer is this one. */
    default SignedRecord sign(Header header, Payload payload) {
        if (!header.writer().equals(key()) || !header.type().equals(payload.type())) {
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
    default SignedRecord sign(
            RecordType type, Subject subject, Scope scope, Version version, Bytes payload) {
        return sign(new Header(type, subject, key(), scope, version), payload);
    }

    /** Signs bytes under a head. */
    default SignedRecord sign(Header header, Bytes payload) {
        var body = RecordCodec.body(header, payload);
        try {
            return SignedRecord.parse(RecordCodec.record(body, sign(body)));
        } catch (MalformedRecord refused) {
            throw new IllegalArgumentException(
                    "other nodes would refuse this record: " + refused.getMessage(), refused);
        }
    }
}
