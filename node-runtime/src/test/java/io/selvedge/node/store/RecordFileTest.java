// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    private static final RecordSigner SIGNER = signer();
    private static final List<SignedRecord> RECORDS =
            IntStream.range(0, 4).mapToObj(i -> record(i, 1, 500)).toList();

    @TempDir Path folder;

    @Test
    void whatWasAppendedIsLoaded() throws IOException {
        append(RECORDS);

        assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, 0, null));
    }

    @Test
    void aTornTailIsCutOffWhereverItTore() throws IOException {
        append(RECORDS);
        byte[] whole = Files.readAllBytes(log());
        int three = Frames.of(RECORDS.subList(0, 3)).size();
        for (int length = three; length < whole.length; length++) {
            Files.write(log(), Arrays.copyOf(whole, length));

            assertThat(load())
                    .as("torn after %d bytes", length)
                    .isEqualTo(new RecordFile.Loaded(RECORDS.subList(0, 3), length - three, null));

            append(RECORDS);
            assertThat(load().records()).isEqualTo(RECORDS);
        }
    }

    @Test
    void anAppendIsTornAnywhereAndTheGoodPartStays() throws IOException {
        append(RECORDS);
        byte[] whole = Files.readAllBytes(log());
        for (int length = 0; length < whole.length; length++) {
            Files.write(log(), Arrays.copyOf(whole, length));
            int good = wholeRecords(length);

            var loaded = load();

            assertThat(loaded.records()).isEqualTo(RECORDS.subList(0, good));
            assertThat(loaded.keptAside()).isNull();
            assertThat(Files.size(log())).isEqualTo(length - loaded.droppedBytes());
        }
    }

    @Test
    void aTailOfZerosIsATornOne() throws IOException {
        append(RECORDS);
        byte[] whole = Files.readAllBytes(log());
        Files.write(log(), Arrays.copyOf(whole, whole.length + 5_000));

        assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, 5_000, null));
    }

    @Test
    void aBrokenMiddleIsRefusedFromThereAndTheFileIsKeptAside() throws IOException {
        append(RECORDS);
        byte[] whole = Files.readAllBytes(log());
        int one = Frames.of(RECORDS.subList(0, 1)).size();
        int three = Frames.of(RECORDS.subList(0, 3)).size();
        for (int at = one; at < three; at += 7) {
            byte[] broken = whole.clone();
            broken[at] ^= 0x40;
            Files.write(log(), broken);

            var loaded = load();

            int good = wholeRecords(at);
            assertThat(loaded.records()).as("broken at %d", at).isEqualTo(RECORDS.subList(0, good));
            var aside = Objects.requireNonNull(loaded.keptAside());
            assertThat(Files.readAllBytes(aside)).isEqualTo(broken);
            assertThat(load()).isEqualTo(new RecordFile.Loaded(loaded.records(), 0, null));
        }
    }

    @Test
    void theLogIsWrittenAnewWhenMostOfItIsOutdated() throws IOException {
        try (var file = RecordFile.open(folder, 2_000)) {
            for (int version = 1; version <= 100; version++) {
                file.append(List.of(record(1, version, 500), record(2, version, 500)));
                assertThat(Files.size(log())).isLessThan(3_000);
            }
        }

        assertThat(load().records()).containsExactly(record(1, 100, 500), record(2, 100, 500));
    }

    @Test
    void whatWasDroppedIsGoneOnceTheLogIsWrittenAnew() throws IOException {
        try (var file = RecordFile.open(folder, 1)) {
            file.append(RECORDS);
            file.drop(RECORDS.subList(1, 4));
            file.append(List.of(record(0, 2, 500)));
        }

        assertThat(load().records()).containsExactly(record(0, 2, 500));
    }

    @Test
    void aCrashBeforeTheRenameLeavesTheOldLog() throws IOException {
        append(RECORDS);
        byte[] half = Frames.of(RECORDS.subList(0, 2)).toArray();
        for (int length : new int[] {0, 10, half.length}) {
            Files.write(folder.resolve(RecordFile.TEMPORARY), Arrays.copyOf(half, length));

            assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, 0, null));
            assertThat(folder.resolve(RecordFile.TEMPORARY)).doesNotExist();
        }
    }

    @Test
    void aProofOfEquivocationRestsToo() throws IOException {
        var proof = List.of(record(1, 1, 500), record(1, 1, 501));
        append(proof);

        var loaded = new RecordSet(load().records());

        assertThat(loaded).isEqualTo(new RecordSet(proof));
        assertThat(loaded.equivocations()).hasSize(1);
    }

    @Test
    void nothingIsWrittenTwice() throws IOException {
        append(RECORDS);
        long size = Files.size(log());
        append(RECORDS);

        assertThat(Files.size(log())).isEqualTo(size);
    }

    @Test
    void aSecondOpenerIsKeptOut() throws IOException {
        try (var first = RecordFile.open(folder)) {
            assertThatThrownBy(() -> RecordFile.open(folder))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("another process uses");
            first.append(RECORDS);
        }
        assertThat(load().records()).isEqualTo(RECORDS);
    }

    private void append(List<SignedRecord> records) throws IOException {
        try (var file = RecordFile.open(folder)) {
            file.append(records);
        }
    }

    private RecordFile.Loaded load() throws IOException {
        try (var file = RecordFile.open(folder)) {
            return file.load();
        }
    }

    private Path log() {
        return folder.resolve(RecordFile.NAME);
    }

    private static int wholeRecords(int length) {
        return (int)
                IntStream.rangeClosed(1, RECORDS.size())
                        .filter(n -> Frames.of(RECORDS.subList(0, n)).size() <= length)
                        .count();
    }

    private static SignedRecord record(int subject, int version, int port) {
        return SIGNER.sign(
                new Subject("beijing", "n" + subject),
                new Scope.Fabric(),
                new Version(0, version),
                new Payload.Endpoint(List.of(), port, "userspace", 1));
    }

    private static RecordSigner signer() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] spki = pair.getPublic().getEncoded();
            var raw = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
            return new RecordSigner(pair.getPrivate(), new RecordKey(Bytes.of(raw)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
