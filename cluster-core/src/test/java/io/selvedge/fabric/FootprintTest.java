// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Version;
import io.selvedge.wire.RecordCodec;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** What the index of an edge in a community of a hundred takes of the heap, bodies on disk. */
class FootprintTest {
    private static final int SETS = 500;
    private static final int SCOPES = 110;
    private static final int RECORDS = 450;
    private static final long BYTES_MAX = 150_000;
    private static final Bytes UNSIGNED = Bytes.of(new byte[RecordCodec.SIGNATURE_SIZE]);

    @Test
    void tenThousandEdgesFitInTwoGigabytes() {
        settled(); // classes are loaded, and no part of the difference
        var sets = new ArrayList<RecordSet>();
        long before = used();
        for (int i = 0; i < SETS; i++) {
            sets.add(settled());
        }
        long each = (used() - before) / SETS;

        assertThat(each).as("bytes of a set").isBetween(10_000L, BYTES_MAX);
        assertThat(sets).allMatch(set -> set.size() == RECORDS);
    }

    /** The digests of all scopes are known, as they are after a first summary. */
    private static RecordSet settled() {
        var set = new RecordSet((Bytes _) -> null);
        for (int i = 0; i < RECORDS; i++) {
            set.merge(record(i));
        }
        set.settle();
        set.scopes().forEach(set::digest);
        return set;
    }

    /** Nothing in it is shared with another record. */
    private static SignedRecord record(int number) {
        var node = Lone.peer(number % SCOPES);
        var header =
                new Header(
                        RecordType.ENDPOINT,
                        Lone.peer(number),
                        Lone.writer(number % SCOPES),
                        new Scope.OfNode(node),
                        new Version(0, number));
        return new SignedRecord(
                header, RecordCodec.body(header, Bytes.of(new byte[200])), UNSIGNED);
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < 3; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }
}
