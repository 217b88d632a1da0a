// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Payload;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.pki.RecordKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A start with the key of the seals, and one without; {@code -Dstart.records=10000} for figures.
 */
class StartFromDiskTest {
    private static final int RECORDS = Integer.getInteger("start.records", 1_000);

    private final AtomicInteger verified = new AtomicInteger();

    @TempDir Path folder;

    @Test
    void signaturesAreVerifiedOnlyWhenTheKeyIsLost() throws IOException {
        try (var file = RecordFile.open(folder, new SecureRandom(), verifier())) {
            file.append(records());
        }
        start("seals");
        assertThat(verified).hasValue(0);

        FolderDisk.at(folder).delete(StoreKey.NAME);
        start("signatures");
        assertThat(verified).hasValue(RECORDS);

        start("seals, all loaded before");
        assertThat(verified).hasValue(RECORDS);
    }

    private void start(String how) throws IOException {
        long begin = System.nanoTime();
        try (var file = RecordFile.open(folder, new SecureRandom(), verifier())) {
            long opened = System.nanoTime();
            assertThat(file.load().records()).hasSize(RECORDS);
            System.out.printf(
                    "%d records by %s: opened in %d ms, loaded in %d ms%n",
                    RECORDS,
                    how,
                    (opened - begin) / 1_000_000,
                    (System.nanoTime() - opened) / 1_000_000);
        }
    }

    private Predicate<SignedRecord> verifier() {
        var verifier = new RecordVerifier();
        return record -> {
            verified.incrementAndGet();
            return verifier.test(record);
        };
    }

    private static List<SignedRecord> records() {
        var keys = RecordKeys.generate(new SecureRandom());
        var signer = new RecordSigner(keys.privateKey(), keys.recordKey());
        return IntStream.range(0, RECORDS)
                .mapToObj(number -> {
                    var subject = new Subject("beijing", "n" + number);
                    return signer.sign(
                            subject,
                            new Scope.OfNode(subject),
                            new Version(1, 1),
                            new Payload.Endpoint(List.of(), 500, "userspace", 1));
                })
                .toList();
    }
}
