// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import io.selvedge.model.Bytes;
import io.selvedge.wire.RecordCodec;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a store's file is a row of: the length of the body and the kind, big-endian, the body, and a
 * seal over all that and the place, so that nothing can be altered, moved, or come from an older
 * file.
 */
record Frame(Kind kind, Bytes body) {
    private static final int HEAD = 5;
    private static final int OVERHEAD = HEAD + StoreKey.SEAL_SIZE;

    enum Kind {
        /** A signed record. */
        RECORD(1),
        /** The hash of a record that is to be forgotten. */
        DROP(2),
        /** The number of records in a snapshot, behind the last. */
        END(3);

        private final int number;

        Kind(int number) {
            this.number = number;
        }

        private static @Nullable Kind of(int number) {
            for (var kind : values()) {
                if (kind.number == number) {
                    return kind;
                }
            }
            return null;
        }
    }

    static Frame end(long records) {
        return new Frame(
                Kind.END, Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(records).array()));
    }

    int size() {
        return OVERHEAD + body.size();
    }

    /** What is written at a place. */
    byte[] sealed(StoreKey key, Place place) {
        byte[] bytes =
                ByteBuffer.allocate(size())
                        .putInt(body.size())
                        .put((byte) kind.number)
                        .put(body.toArray())
                        .array();
        byte[] seal = key.seal(place, bytes, 0);
        System.arraycopy(seal, 0, bytes, bytes.length - seal.length, seal.length);
        return bytes;
    }

    /** What may be a frame, by its head; null when nothing of that shape begins there. */
    static @Nullable Frame at(byte[] file, int at) {
        if (file.length - at < OVERHEAD) {
            return null;
        }
        var bytes = ByteBuffer.wrap(file);
        int length = bytes.getInt(at);
        boolean fits =
                length > 0
                        && length <= RecordCodec.RECORD_SIZE_MAX
                        && length <= file.length - at - OVERHEAD;
        var kind = Kind.of(bytes.get(at + 4));
        if (!fits || kind == null) {
            return null;
        }
        byte[] body = new byte[length];
        bytes.get(at + HEAD, body);
        return new Frame(kind, Bytes.of(body));
    }
}
