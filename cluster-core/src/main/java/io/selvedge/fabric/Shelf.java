// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Version;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is held of one scope, by slot hash, with its digest, its size and its number. */
final class Shelf {
    private final TreeMap<Bytes, Entry> entries = new TreeMap<>();
    private long bytes;
    private int size;
    private @Nullable Bytes digest;

    @Nullable Entry entry(Bytes slotHash) {
        return entries.get(slotHash);
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    int size() {
        return size;
    }

    long bytes() {
        return bytes;
    }

    void put(Entry entry) {
        count(entries.put(entry.slotHash(), entry), -1);
        count(entry, 1);
        digest = null;
    }

    boolean remove(SignedRecord record) {
        var entry = entries.get(record.slotHash());
        if (entry == null || !entry.records().contains(record)) {
            return false;
        }
        count(entries.remove(record.slotHash()), -1);
        var rest = entry.without(record);
        if (rest != null) {
            entries.put(rest.slotHash(), rest);
            count(rest, 1);
        }
        digest = null;
        return true;
    }

    /** Over slot, version and hash of each record, in the order of slot hashes. */
    Bytes digest() {
        if (digest == null) {
            var sum = Sha256.digest();
            for (var entry : entries.values()) {
                for (var record : entry.records()) {
                    sum.update(record.slotHash().toArray());
                    sum.update(bytes(record.version()));
                    sum.update(record.hash().toArray());
                }
            }
            digest = Sha256.shortened(sum);
        }
        return digest;
    }

    Shelf copy() {
        var copy = new Shelf();
        copy.entries.putAll(entries);
        copy.bytes = bytes;
        copy.size = size;
        copy.digest = digest;
        return copy;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shelf that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    private void count(@Nullable Entry entry, int sign) {
        if (entry != null) {
            size += sign * entry.records().size();
            bytes += sign * (long) entry.records().stream().mapToInt(SignedRecord::size).sum();
        }
    }

    private static ByteBuffer bytes(Version version) {
        return ByteBuffer.allocate(16).putLong(version.epoch()).putLong(version.sequence()).flip();
    }
}
