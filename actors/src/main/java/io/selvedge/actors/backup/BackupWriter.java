// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.backup;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * Writes a backup: a line with its {@link BackupHead}, a line for each row, and a last line with
 * their number and the SHA-256 of all bytes before it. Without {@link #finish} it is no backup.
 */
public final class BackupWriter {
    static final String FORMAT = "selvedgeAuthorityBackup";
    static final int VERSION = 1;

    private final OutputStream out;
    private final MessageDigest digest = Digests.sha256();
    private long rows;

    /** The stream is not closed. */
    public BackupWriter(OutputStream out, BackupHead head) throws IOException {
        this.out = out;
        var line = RowText.JSON.createObjectNode();
        line.put(FORMAT, VERSION);
        line.put("fabric", head.fabric());
        line.put("root", head.root().hex());
        line.put("authority", head.authority().hex());
        line.put("takenAt", head.takenAt().toString());
        var key = head.key();
        if (key != null) {
            line.putObject("key")
                    .put("kdf", "scrypt")
                    .put("cost", key.cost())
                    .put("salt", key.salt().hex())
                    .put("cipher", "AES-256-GCM")
                    .put("nonce", key.nonce().hex())
                    .put("sealed", key.sealed().hex());
        }
        write(line);
    }

    public void write(Row row) throws IOException {
        write(RowText.write(row));
        rows++;
    }

    /** Says that this was all. */
    public void finish() throws IOException {
        var last = RowText.JSON.createObjectNode();
        last.put("rows", rows);
        last.put("sha256", HexFormat.of().formatHex(digest.digest()));
        write(last);
        out.flush();
    }

    public long rows() {
        return rows;
    }

    private void write(JsonNode line) throws IOException {
        byte[] bytes = RowText.JSON.writeValueAsBytes(line);
        out.write(bytes);
        out.write('\n');
        digest.update(bytes);
        digest.update((byte) '\n');
    }
}
