// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import static io.selvedge.node.store.CheapRecords.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.node.store.StoreFile.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileTest {
    private static final List<SignedRecord> RECORDS =
            IntStream.range(0, 4).mapToObj(i -> record(i, 1)).toList();
    private static final String LOG = new StoreFile(Part.LOG, 1).name();
    private static final RecordFile.Found NOTHING_WRONG = found(0, false, false);

    private final MemoryDisk disk = new MemoryDisk();
    private int verified;

    @Test
    void whatWasAppendedIsLoadedAndNoSignatureVerified() throws IOException {
        append(RECORDS);

        assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, NOTHING_WRONG));
        assertThat(verified).isZero();
    }

    @Test
    void aRecordIsReadByItsHash() throws IOException {
        try (var file = open(1)) {
            file.append(RECORDS);
            file.append(List.of(record(2, 2)));

            assertThat(file.read(RECORDS.get(1).hash())).isEqualTo(RECORDS.get(1));
            assertThat(file.read(record(2, 2).hash())).isEqualTo(record(2, 2));
            assertThat(file.read(RECORDS.get(2).hash())).as("superseded").isNull();
        }
    }

    @Test
    void aTornTailIsCutOffWhereverItTore() throws IOException {
        append(RECORDS);
        byte[] whole = disk.read(LOG);
        int frame = whole.length / RECORDS.size();
        for (int length = 0; length < whole.length; length++) {
            put(LOG, Arrays.copyOf(whole, length));
            int good = length / frame;

            assertThat(load())
                    .as("torn after %d bytes", length)
                    .isEqualTo(
                            new RecordFile.Loaded(
                                    RECORDS.subList(0, good), found(length % frame, false, false)));

            append(RECORDS);
            assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, NOTHING_WRONG));
        }
    }

    @Test
    void aTailOfZerosIsATornOne() throws IOException {
        append(RECORDS);
        disk.append(LOG, new byte[5_000]);

        assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, found(5_000, false, false)));
    }

    @Test
    void aBrokenMiddleCostsOneRecordAndTheFileIsKeptAsideOnce() throws IOException {
        append(RECORDS);
        byte[] whole = disk.read(LOG);
        int frame = whole.length / RECORDS.size();
        for (int at = 0; at < 3 * frame; at++) {
            var rotten = new MemoryDisk();
            for (var name : disk.list()) {
                byte[] content = disk.read(name);
                rotten.replace(name, out -> out.write(content));
            }
            rotten.flip(LOG, at * 8L + at % 8);
            byte[] broken = rotten.read(LOG);

            var others = new TreeSet<>(List.of(0, 1, 2, 3));
            others.remove(at / frame);
            var rest = others.stream().map(RECORDS::get).toList();
            assertThat(load(rotten))
                    .as("broken at %d", at)
                    .isEqualTo(new RecordFile.Loaded(rest, found(0, true, false, LOG + ".broken")));
            assertThat(rotten.read(LOG + ".broken")).isEqualTo(broken);
            assertThat(load(rotten)).isEqualTo(new RecordFile.Loaded(rest, NOTHING_WRONG));
        }
        assertThat(verified).isZero();
    }

    @Test
    void aSnapshotThatLacksItsEndIsDamaged() throws IOException {
        try (var file = open(1)) {
            file.append(RECORDS);
            file.append(List.of(record(0, 2), record(1, 2), record(2, 2), record(3, 2)));
            file.append(List.of(record(0, 3), record(1, 3), record(2, 3), record(3, 3)));
        }
        var snapshot = disk.list().stream().filter(n -> n.startsWith("snapshot")).findAny();
        var name = snapshot.orElseThrow();
        byte[] whole = disk.read(name);
        assertThat(whole.length).isGreaterThan(500);
        put(name, Arrays.copyOf(whole, whole.length - Frame.end(0).size()));

        assertThat(load().found()).isEqualTo(found(0, true, false, name + ".broken"));
        assertThat(load().found()).isEqualTo(NOTHING_WRONG);
    }

    @Test
    void aLostKeyCostsOneVerificationOfEachRecord() throws IOException {
        append(RECORDS);
        disk.delete(StoreKey.NAME);

        assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, found(0, false, true)));
        assertThat(verified).isEqualTo(RECORDS.size());
        assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, NOTHING_WRONG));
        assertThat(verified).isEqualTo(RECORDS.size());
    }

    @Test
    void aBrokenKeyIsALostOneWhateverTheBit() throws IOException {
        for (int bit = 0; bit < 36 * 8; bit += 7) {
            append(RECORDS);
            disk.flip(StoreKey.NAME, bit);
            assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, found(0, false, true)));
        }
    }

    @Test
    void anotherKeyIsALostOneToo() throws IOException {
        append(RECORDS);
        StoreKey.mint(disk, new SplittableRandom(77));

        assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, found(0, false, true)));
        assertThat(load().found()).isEqualTo(NOTHING_WRONG);
    }

    @Test
    void withoutAKeyNothingIsTrustedThatItsWriterDidNotSign() throws IOException {
        append(RECORDS);
        byte[] log = disk.read(LOG);
        for (int bit = 0; bit < log.length * 8; bit += 5) {
            var rotten = new MemoryDisk();
            rotten.replace(LOG, out -> out.write(log));
            rotten.flip(LOG, bit);

            assertThat(RECORDS).containsAll(load(rotten).records());
        }
    }

    @Test
    void aFrameIsGoodOnlyWhereItWasSealed() throws IOException {
        append(RECORDS);
        byte[] log = disk.read(LOG);
        int frame = log.length / RECORDS.size();
        byte[] swapped = log.clone();
        System.arraycopy(log, 0, swapped, frame, frame);
        System.arraycopy(log, frame, swapped, 0, frame);
        put(LOG, swapped);

        assertThat(load().records()).isEqualTo(RECORDS.subList(2, 4));
    }

    @Test
    void anOlderFileUnderANewerNameIsNotBelieved() throws IOException {
        append(RECORDS);
        byte[] log = disk.read(LOG);
        disk.delete(LOG);
        var later = new StoreFile(Part.LOG, 2).name();
        put(later, log);
        try (var file = open(1)) {
            assertThat(file.load().found().unproven()).isTrue();
        }
        assertThat(verified).isEqualTo(RECORDS.size());
    }

    @Test
    void theFilesAreWrittenAnewWhenMostOfThemIsOutdated() throws IOException {
        try (var file = open(2_000)) {
            for (int version = 1; version <= 100; version++) {
                file.append(List.of(record(1, version), record(2, version)));
                assertThat(disk.size()).isLessThan(3_000);
            }
        }
        assertThat(disk.list()).hasSize(3);
        assertThat(load().records()).containsExactly(record(1, 100), record(2, 100));
    }

    @Test
    void whatWasDroppedStaysGoneAndMayComeAgain() throws IOException {
        append(RECORDS);
        try (var file = open(1_000_000)) {
            file.drop(RECORDS.subList(1, 4));
            assertThat(file.read(RECORDS.get(1).hash())).isNull();
        }
        assertThat(load().records()).containsExactly(RECORDS.get(0));

        append(RECORDS);
        assertThat(load().records()).isEqualTo(RECORDS);
    }

    @Test
    void aProofOfEquivocationRestsToo() throws IOException {
        var two = List.of(record(1, 1, 500), record(1, 1, 501), record(1, 1, 502));
        append(two);

        var loaded = new RecordSet(load().records());

        assertThat(loaded).isEqualTo(new RecordSet(two));
        assertThat(loaded.equivocations()).hasSize(1);
    }

    @Test
    void nothingIsWrittenTwice() throws IOException {
        append(RECORDS);
        long size = disk.size();
        append(RECORDS);

        assertThat(disk.size()).isEqualTo(size);
    }

    @Test
    void whatRotsWhileItIsInUseIsForgottenAndMayBeAppendedAgain() throws IOException {
        try (var file = open(1_000_000)) {
            file.append(RECORDS);
            disk.flip(LOG, 100);
            assertThat(file.read(RECORDS.get(0).hash())).isNull();
            file.append(RECORDS);
            assertThat(file.read(RECORDS.get(0).hash())).isEqualTo(RECORDS.get(0));
        }
        assertThat(new HashSet<>(load().records())).isEqualTo(new HashSet<>(RECORDS));
    }

    @Test
    void theLogOfOlderNodesIsVerifiedAndTakenOver() throws IOException {
        var forged = record(9, 1);
        byte[] bytes = forged.bytes().toArray();
        bytes[bytes.length - 1] ^= 1;
        var old = new ByteArrayOutputStream();
        for (var record : RECORDS) {
            old.writeBytes(oldFrame(record.bytes().toArray()));
        }
        old.writeBytes(oldFrame(bytes));
        put(OldLog.NAME, old.toByteArray());

        assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, NOTHING_WRONG));
        assertThat(verified).isEqualTo(RECORDS.size() + 1);
        assertThat(disk.list()).doesNotContain(OldLog.NAME);
        assertThat(load()).isEqualTo(new RecordFile.Loaded(RECORDS, NOTHING_WRONG));
    }

    @Test
    void aFolderIsAsGoodAsMemoryAndOpenOnlyOnce(@TempDir Path folder) throws IOException {
        try (var first = RecordFile.open(folder, random(), this::verify)) {
            assertThatIOException()
                    .isThrownBy(() -> RecordFile.open(folder, random(), this::verify))
                    .withMessageContaining("another process uses");
            first.append(RECORDS);
        }
        try (var again = RecordFile.open(folder, random(), this::verify)) {
            assertThat(again.load()).isEqualTo(new RecordFile.Loaded(RECORDS, NOTHING_WRONG));
            again.drop(RECORDS.subList(0, 1));
            assertThat(again.read(RECORDS.get(1).hash())).isEqualTo(RECORDS.get(1));
        }
        byte[] log = Files.readAllBytes(folder.resolve(LOG));
        Files.write(folder.resolve(LOG), Arrays.copyOf(log, log.length - 1));
        try (var torn = RecordFile.open(folder, random(), this::verify)) {
            assertThat(torn.load().records()).isEqualTo(RECORDS);
        }
    }

    private void append(List<SignedRecord> records) throws IOException {
        try (var file = open(1_000_000)) {
            file.append(records);
        }
    }

    private RecordFile.Loaded load() throws IOException {
        return load(disk);
    }

    private RecordFile.Loaded load(MemoryDisk from) throws IOException {
        try (var file = RecordFile.open(from, random(), this::verify)) {
            return file.load();
        }
    }

    private RecordFile open(long floor) throws IOException {
        return RecordFile.open(disk, random(), this::verify, floor);
    }

    private boolean verify(SignedRecord record) {
        verified++;
        return CheapRecords.isSigned(record);
    }

    private void put(String name, byte[] content) throws IOException {
        disk.replace(name, out -> out.write(content));
    }

    private static byte[] oldFrame(byte[] record) {
        var crc = new CRC32C();
        crc.update(record);
        return ByteBuffer.allocate(8 + record.length)
                .putInt(record.length)
                .putInt((int) crc.getValue())
                .put(record)
                .array();
    }

    private static SplittableRandom random() {
        return new SplittableRandom(1);
    }

    private static RecordFile.Found found(
            long torn, boolean damaged, boolean unproven, String... aside) {
        return new RecordFile.Found(torn, damaged, unproven, new TreeSet<>(List.of(aside)));
    }
}
