// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Version;
import java.nio.ByteBuffer;

/**
 * What the index keeps of one record: all that merging and comparing ask, and no body.
 *
 * @param hash the {@link SignedRecord#hash}, by which the body is found
 * @param size the {@link SignedRecord#size}
 */
record Card(
        Bytes slotHash, Bytes hash, RecordKey writer, long epoch, long sequence, int type, int size)
        implements Comparable<Card> {
    static Card of(SignedRecord record) {
        var header = record.header();
        return new Card(
                record.slotHash(),
                record.hash(),
                header.writer(),
                header.version().epoch(),
                header.version().sequence(),
                header.type().number(),
                record.size());
    }

    /** The same, with an equal key that is held already. */
    @SuppressWarnings("ReferenceEquality") // an equal key that is another object is what it is for
    Card sharing(RecordKey key) {
        return key == writer ? this : new Card(slotHash, hash, key, epoch, sequence, type, size);
    }

    Version version() {
        return new Version(epoch, sequence);
    }

    int urgency() {
        return Outbox.urgency(new RecordType(type));
    }

    int compareVersion(Card other) {
        int byEpoch = Long.compare(epoch, other.epoch);
        return byEpoch != 0 ? byEpoch : Long.compare(sequence, other.sequence);
    }

    boolean isOf(SignedRecord record) {
        return hash.equals(record.hash());
    }

    /** Slot, version and hash: what digests are made of. */
    byte[] digested() {
        return ByteBuffer.allocate(slotHash.size() + 16 + hash.size())
                .put(slotHash.toArray())
                .putLong(epoch)
                .putLong(sequence)
                .put(hash.toArray())
                .array();
    }

    /** By slot, and of one slot the higher hash first. */
    @Override
    public int compareTo(Card other) {
        int bySlot = slotHash.compareTo(other.slotHash);
        return bySlot != 0 ? bySlot : other.hash.compareTo(hash);
    }
}
