// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.wire.RecordCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The framing of a log: length and CRC-32C (RFC 3720) before each record, both big-endian. */
final class Frames {
    static final int HEAD = 8;

    private Frames() {}

    /**
     * A log as it was read.
     *
     * @param goodBytes the length of the part that holds the good records
     * @param endsTorn whether nothing but an append that a crash tore may follow that part
     */
    record Read(List<Bytes> good, int goodBytes, boolean endsTorn) {}

    static Bytes of(Collection<SignedRecord> records) {
        var all = records.stream().map(record -> record.bytes().toArray()).toList();
        int size = all.stream().mapToInt(bytes -> HEAD + bytes.length).sum();
        var frames = ByteBuffer.allocate(size);
        for (byte[] bytes : all) {
            frames.putInt(bytes.length).putInt(sum(bytes)).put(bytes);
        }
        return Bytes.of(frames.array());
    }

    static Read read(ByteBuffer log) {
        var good = new ArrayList<Bytes>();
        int at = 0;
        for (byte @Nullable [] frame = frame(log, at); frame != null; frame = frame(log, at)) {
            good.add(Bytes.of(frame));
            at += HEAD + frame.length;
        }
        return new Read(good, at, !holdsFrame(log, at));
    }

    /** Whether a good record lies anywhere behind a bad one: then the bad one is not a torn end. */
    private static boolean holdsFrame(ByteBuffer log, int from) {
        for (int at = from; at + HEAD < log.capacity(); at++) {
            if (frame(log, at) != null) {
                return true;
            }
        }
        return false;
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
