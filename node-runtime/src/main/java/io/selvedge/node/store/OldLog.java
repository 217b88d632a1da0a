// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.RecordCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The log that nodes kept before they sealed what they store: before each record its length and its
 * CRC-32C (RFC 3720), both big-endian.
 */
final class OldLog {
    static final String NAME = "records.log";

    private static final int HEAD = 8;

    private OldLog() {}

    /** The records of an old log as far as it is whole; proven by nothing but a checksum. */
    static List<SignedRecord> records(byte[] content) {
        var log = ByteBuffer.wrap(content);
        var records = new ArrayList<SignedRecord>();
        int at = 0;
        for (byte @Nullable [] frame = frame(log, at); frame != null; frame = frame(log, at)) {
            try {
                records.add(SignedRecord.parse(Bytes.of(frame)));
            } catch (MalformedRecord notOfThisVersion) {
                return records;
            }
            at += HEAD + frame.length;
        }
        return records;
    }

    private static byte @Nullable [] frame(ByteBuffer log, int at) {
        if (log.capacity() - at < HEAD) {
            return null;
        }
        int length = log.getInt(at);
        boolean fits =
                length > 0
                        && length <= RecordCodec.RECORD_SIZE_MAX
                        && length <= log.capacity() - at - HEAD;
        if (!fits) {
            return null;
        }
        byte[] bytes = new byte[length];
        log.get(at + HEAD, bytes);
        return sum(bytes) == log.getInt(at + 4) ? bytes : null;
    }

    private static int sum(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
