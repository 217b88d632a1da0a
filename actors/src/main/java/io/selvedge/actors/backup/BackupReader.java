// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.pki.SealedKey;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link BackupWriter} wrote, a row at a time. Rows count only once {@link #next} has
 * given null: until then the rest of the file may turn out to be damaged or missing.
 */
public final class BackupReader implements Rows {
    private final String name;
    private final InputStream in;
    private final MessageDigest digest = Digests.sha256();
    private final BackupHead head;
    private long line;
    private long rows;

    /** A line, whole. */
    private record Line(Bytes bytes, JsonNode says) {}

    /**
     * Reads the head.
     *
     * @param name what errors call the backup
     */
    public BackupReader(String name, InputStream in) throws IOException {
        this.name = name;
        this.in = new BufferedInputStream(in, 1 << 16);
        var text = line();
        var first = text == null ? MissingNode.getInstance() : text.says();
        if (text == null || !first.path(BackupWriter.FORMAT).isInt()) {
            throw new BackupException(
                    name + " is no backup of an authority: name a file that export wrote");
        }
        count(text);
        int version = first.path(BackupWriter.FORMAT).intValue();
        if (version != BackupWriter.VERSION) {
            throw new BackupException(
                    "%s is a backup of format %d, and this version reads %d: use the version that wrote it"
                            .formatted(name, version, BackupWriter.VERSION));
        }
        this.head = understood(first, BackupReader::head);
    }

    public BackupHead head() {
        return head;
    }

    /** As {@link Rows}: null says that the backup is whole, too. */
    @Override
    public @Nullable Row next() throws IOException {
        var text = line();
        if (text == null) {
            throw cutOff(null);
        }
        var says = text.says();
        if (!says.has("sha256")) {
            count(text);
            rows++;
            return understood(says, RowText::read);
        }
        if (!says.path("sha256").asText().equals(HexFormat.of().formatHex(digest.digest()))
                || says.path("rows").longValue() != rows) {
            throw new BackupException(
                    "%s is damaged: it is not what its checksum in line %d stands for; take another copy of it"
                            .formatted(name, line));
        }
        if (in.read() >= 0) {
            throw new BackupException(
                    "%s goes on after its last line, %d: take another copy of it"
                            .formatted(name, line));
        }
        return null;
    }

    private interface Meaning<T> {
        T of(JsonNode line) throws IOException;
    }

    private <T> T understood(JsonNode text, Meaning<T> meaning) throws IOException {
        try {
            return meaning.of(text);
        } catch (IOException | IllegalArgumentException | DateTimeException wrong) {
            throw damaged(wrong);
        }
    }

    private static BackupHead head(JsonNode first) {
        var key = first.path("key");
        return new BackupHead(
                first.required("fabric").asText(),
                RecordKey.ofHex(first.required("root").asText()),
                RecordKey.ofHex(first.required("authority").asText()),
                Instant.parse(first.required("takenAt").asText()),
                key.isObject()
                        ? new SealedKey(
                                key.required("cost").intValue(),
                                Bytes.ofHex(key.required("salt").asText()),
                                Bytes.ofHex(key.required("nonce").asText()),
                                Bytes.ofHex(key.required("sealed").asText()))
                        : null);
    }

    /** Null at the end; a line without its end was cut off. */
    private @Nullable Line line() throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        try {
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0 && bytes.size() == 0) {
                    return null;
                }
                if (next < 0) {
                    throw cutOff(null);
                }
                bytes.write(next);
            }
        } catch (EOFException inGzip) {
            throw cutOff(inGzip);
        } catch (ZipException inGzip) {
            throw damaged(inGzip);
        }
        line++;
        try {
            return new Line(
                    Bytes.of(bytes.toByteArray()), RowText.JSON.readTree(bytes.toByteArray()));
        } catch (IOException noJson) {
            throw damaged(noJson);
        }
    }

    private BackupException cutOff(@Nullable Exception cause) {
        return new BackupException(
                "%s ends after line %d without its last line: it was cut off; take another copy of it"
                        .formatted(name, line),
                cause);
    }

    private BackupException damaged(Exception cause) {
        var why = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        return new BackupException(
                "%s is damaged at line %d (%s): take another copy of it"
                        .formatted(name, Math.max(line, 1), why),
                cause);
    }

    private void count(Line text) {
        digest.update(text.bytes().toArray());
        digest.update((byte) '\n');
    }
}
