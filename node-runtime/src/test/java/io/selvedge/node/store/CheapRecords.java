// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.RecordCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/** Records whose signatures cost nothing, and what verifies them. */
final class CheapRecords {
    private static final RecordKey WRITER = new RecordKey(Bytes.of(new byte[32]));

    private CheapRecords() {}

    static SignedRecord record(int subject, int version) {
        return record(subject, version, 500);
    }

    /** Different ports give different records of one version. */
    static SignedRecord record(int subject, int version, int port) {
        var payload = new Payload.Endpoint(List.of(), port, "userspace", 1);
        var about = new Subject("beijing", "n" + subject);
        var header =
                new Header(
                        payload.type(),
                        about,
                        WRITER,
                        new Scope.OfNode(about),
                        new Version(0, version));
        var body = RecordCodec.body(header, RecordCodec.payload(payload));
        try {
            return SignedRecord.parse(RecordCodec.record(body, signature(body)));
        } catch (MalformedRecord ownRecord) {
            throw new AssertionError(ownRecord);
        }
    }

    static boolean isSigned(SignedRecord record) {
        return record.signature().equals(signature(record.body()));
    }

    private static Bytes signature(Bytes body) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.toArray());
            byte[] signature = Arrays.copyOf(hash, RecordCodec.SIGNATURE_SIZE);
            System.arraycopy(hash, 0, signature, hash.length, hash.length);
            return Bytes.of(signature);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
