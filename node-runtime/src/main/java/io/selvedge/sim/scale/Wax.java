// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.RecordCodec;
import java.util.zip.CRC32C;

/**
 * Seals as long as a signature and far cheaper: a checksum over key and body. Anybody could make
 * one, so it is for measuring alone; that it is looked at on every arrival is as in production.
 */
final class Wax {
    private Wax() {}

    static SignedRecord seal(Header header, Payload payload) {
        var body = RecordCodec.body(header, RecordCodec.payload(payload));
        try {
            return SignedRecord.parse(RecordCodec.record(body, over(header.writer(), body)));
        } catch (MalformedRecord impossible) {
            throw new AssertionError(impossible);
        }
    }

    static boolean holds(SignedRecord record) {
        return record.signature().equals(over(record.header().writer(), record.body()));
    }

    /** The same record, sharing nothing with it. */
    static SignedRecord copy(SignedRecord record) {
        try {
            return SignedRecord.parse(record.bytes());
        } catch (MalformedRecord impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Bytes over(RecordKey writer, Bytes body) {
        var sum = new CRC32C();
        sum.update(writer.bytes().toArray());
        sum.update(body.toArray());
        var seal = new byte[RecordCodec.SIGNATURE_SIZE];
        for (int i = 0; i < 4; i++) {
            seal[i] = (byte) (sum.getValue() >> (8 * i));
        }
        return Bytes.of(seal);
    }
}
