// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.node.store.AtomicFile;
import io.selvedge.wire.MalformedRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A file of signed records: each as its length in four bytes, big-endian, and its bytes. */
public final class RecordsFile {
    private RecordsFile() {}

    /** Replaces the file in one step. */
    public static void write(Path file, Collection<SignedRecord> records) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        for (var record : records) {
            out.writeInt(record.bytes().size());
            out.write(record.bytes().toArray());
        }
        AtomicFile.write(file, bytes.toByteArray());
    }

    /** Reads what {@link #write} wrote; verifies no signature. */
    public static List<SignedRecord> read(Path file) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        var records = new ArrayList<SignedRecord>();
        while (bytes.hasRemaining()) {
            int length = bytes.remaining() < 4 ? -1 : bytes.getInt();
            if (length < 0 || length > bytes.remaining()) {
                throw new IOException(file + " ends within a record; enrol the node again");
            }
            byte[] record = new byte[length];
            bytes.get(record);
            try {
                records.add(SignedRecord.parse(Bytes.of(record)));
            } catch (MalformedRecord malformed) {
                throw new IOException(
                        "%s: %s; enrol the node again".formatted(file, malformed.getMessage()),
                        malformed);
            }
        }
        return records;
    }
}
