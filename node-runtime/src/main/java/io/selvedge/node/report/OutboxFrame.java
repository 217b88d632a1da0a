// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.model.Bytes;
import io.selvedge.model.Hlc;
import io.selvedge.report.OutboxLine;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.ReportCodec;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A line of an outbox as bytes: the length of the body, a checksum (CRC-32C) over it and its place
 * in the file, and the body: a kind, an epoch, a number, and what the kind adds. Big-endian.
 */
record OutboxFrame(OutboxLine line, int size) {
    private static final int HEAD = 8;
    private static final int FIXED = 17;
    private static final int BODY_MAX = 16 * 1024;

    private static final byte KIND_HEAD = 1;
    private static final byte KIND_ENTRY = 2;
    private static final byte KIND_ACKNOWLEDGED = 3;

    /** What is written at a place. */
    static byte[] at(long place, OutboxLine line) {
        byte[] body = body(line);
        return ByteBuffer.allocate(HEAD + body.length)
                .putInt(body.length)
                .putInt(checksum(place, body))
                .put(body)
                .array();
    }

    /** What was written at a place; null when it is not there, or not whole. */
    static @Nullable OutboxFrame read(byte[] file, int place) {
        if (file.length - place < HEAD + FIXED) {
            return null;
        }
        var bytes = ByteBuffer.wrap(file).position(place);
        int length = bytes.getInt();
        int checksum = bytes.getInt();
        if (length < FIXED || length > BODY_MAX || length > bytes.remaining()) {
            return null;
        }
        byte[] body = new byte[length];
        bytes.get(body);
        var line = checksum == checksum(place, body) ? line(ByteBuffer.wrap(body)) : null;
        return line == null ? null : new OutboxFrame(line, HEAD + length);
    }

    private static byte[] body(OutboxLine line) {
        return switch (line) {
            case OutboxLine.Head(long epoch, long last, var hlc) ->
                    fixed(KIND_HEAD, epoch, last, 12)
                            .putLong(hlc.millis())
                            .putInt(hlc.count())
                            .array();
            case OutboxLine.Entry(long epoch, long number, var what) -> {
                byte[] report = ReportCodec.encode(what).toArray();
                yield fixed(KIND_ENTRY, epoch, number, report.length).put(report).array();
            }
            case OutboxLine.Acknowledged(long epoch, long upTo) ->
                    fixed(KIND_ACKNOWLEDGED, epoch, upTo, 0).array();
        };
    }

    private static ByteBuffer fixed(byte kind, long epoch, long number, int more) {
        return ByteBuffer.allocate(FIXED + more).put(kind).putLong(epoch).putLong(number);
    }

    private static @Nullable OutboxLine line(ByteBuffer body) {
        byte kind = body.get();
        long epoch = body.getLong();
        long number = body.getLong();
        return switch (kind) {
            case KIND_HEAD ->
                    new OutboxLine.Head(epoch, number, new Hlc(body.getLong(), body.getInt()));
            case KIND_ENTRY -> {
                byte[] report = new byte[body.remaining()];
                body.get(report);
                try {
                    yield new OutboxLine.Entry(epoch, number, ReportCodec.decode(Bytes.of(report)));
                } catch (MalformedRecord notOfThisVersion) {
                    yield null;
                }
            }
            case KIND_ACKNOWLEDGED -> new OutboxLine.Acknowledged(epoch, number);
            default -> null;
        };
    }

    private static int checksum(long place, byte[] body) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(place).flip());
        crc.update(body);
        return (int) crc.getValue();
    }
}
