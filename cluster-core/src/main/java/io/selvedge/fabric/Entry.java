// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.fabric.RecordSet.Merged;
import io.selvedge.model.Bytes;
import io.selvedge.model.Version;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is held of one slot: one record, or two of one version, the higher hash first. Keeping the
 * two highest of any number makes the proof of equivocation a join too.
 */
record Entry(List<SignedRecord> records) {
    private static final Comparator<SignedRecord> HIGHEST_FIRST =
            Comparator.comparing(SignedRecord::hash).reversed();

    Entry {
        records = List.copyOf(records);
    }

    static Entry of(SignedRecord record) {
        return new Entry(List.of(record));
    }

    SignedRecord highest() {
        return records.getFirst();
    }

    Bytes slotHash() {
        return highest().slotHash();
    }

    Version version() {
        return highest().version();
    }

    boolean isEquivocation() {
        return records.size() > 1;
    }

    /** What becomes of a record of this slot. */
    Merged judge(SignedRecord record) {
        int newer = record.version().compareTo(version());
        if (newer != 0) {
            return newer > 0 ? Merged.ACCEPTED : Merged.SUPERSEDED;
        }
        if (records.contains(record)) {
            return Merged.ALREADY_KNOWN;
        }
        boolean outweighed =
                isEquivocation() && record.hash().compareTo(records.getLast().hash()) < 0;
        return outweighed ? Merged.SUPERSEDED : Merged.EQUIVOCATION;
    }

    /** With another record of the same version. */
    Entry with(SignedRecord record) {
        return new Entry(
                Stream.concat(records.stream(), Stream.of(record))
                        .sorted(HIGHEST_FIRST)
                        .limit(2)
                        .toList());
    }

    @Nullable Entry without(SignedRecord record) {
        var rest = records.stream().filter(held -> !held.equals(record)).toList();
        return rest.isEmpty() ? null : new Entry(rest);
    }
}
