// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordType;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What of a record set stays on the heap. */
class RecordIndexTest {
    private final Map<Bytes, SignedRecord> disk = new HashMap<>();
    private final List<Bytes> read = new ArrayList<>();
    private final RecordSet set =
            new RecordSet(hash -> {
                read.add(hash);
                return disk.get(hash);
            });

    @Test
    void bodiesAreReadFromDiskOnceSettled() {
        var first = Lone.record(1, 1);
        var second = Lone.record(2, 2);
        merge(first, second);
        assertThat(set.records()).containsExactly(first, second);
        assertThat(read).isEmpty();

        set.settle();

        assertThat(set.records()).containsExactly(first, second);
        assertThat(set.records(first.slot())).containsExactly(first);
        assertThat(read).containsExactlyInAnyOrder(first.hash(), second.hash(), first.hash());
    }

    @Test
    void theIndexAnswersWithoutBodies() {
        merge(Lone.record(1, 1), Lone.record(1, 7), Lone.record(2, 3));
        var before = set.digest(Lone.FABRIC);
        set.settle();

        assertThat(set.highestOf(Lone.writer(1))).isEqualTo(new Version(0, 7));
        assertThat(set.highestOf(Lone.writer(3))).isNull();
        assertThat(set.share(Lone.writer(1)).records()).isEqualTo(2);
        assertThat(set.digest(Lone.FABRIC)).isEqualTo(before);
        assertThat(set.judge(Lone.record(1, 1))).isEqualTo(RecordSet.Merged.ALREADY_KNOWN);
        assertThat(read).isEmpty();

        assertThat(set.recordsOf(Lone.writer(2))).containsExactly(Lone.record(2, 3));
        assertThat(read).hasSize(1);
    }

    @Test
    void whatIsRemovedOrOutweighedCountsNoMore() {
        var old = endpoint(1, 500);
        var newer = endpoint(2, 700);
        merge(old, newer);
        assertThat(set.bytes()).isEqualTo(newer.size());
        assertThat(set.share(Lone.writer(1)).bytes()).isEqualTo(newer.size());
        set.settle();

        assertThat(set.remove(old)).isFalse();
        assertThat(set.remove(newer)).isTrue();

        assertThat(set.shares()).isEmpty();
        assertThat(set.scopes()).isEmpty();
        assertThat(set.recordsOf(Lone.writer(1))).isEmpty();
    }

    @Test
    void aBodyThatDoesNotRestIsAbsent() {
        var record = Lone.record(1, 1);
        merge(record);
        disk.clear();
        set.settle();

        assertThat(set.records()).isEmpty();
        assertThat(set.size()).isEqualTo(1);
        assertThat(set.copy()).isEqualTo(set);
    }

    @Test
    void thousandsInOneScopeAreFoundBySlotAndByRange() {
        var records = new ArrayList<SignedRecord>();
        for (int i = 0; i < 3_000; i++) {
            records.add(Lone.record(1, i));
        }
        records.forEach(set::merge);

        var ranged = set.entries(Lone.FABRIC, null, records.get(7).slotHash());
        assertThat(ranged.getLast().slotHash()).isEqualTo(records.get(7).slotHash());
        var rest = set.entries(Lone.FABRIC, records.get(7).slotHash(), null);
        assertThat(ranged.size() + rest.size()).isEqualTo(3_000);
        assertThat(records).allMatch(each -> set.entry(Lone.FABRIC, each.slotHash()) != null);
    }

    private void merge(SignedRecord... records) {
        for (var record : records) {
            disk.put(record.hash(), record);
            set.merge(record);
        }
    }

    private static SignedRecord endpoint(int version, int size) {
        return Lone.record(1, "n1", version, RecordType.ENDPOINT, size);
    }
}
