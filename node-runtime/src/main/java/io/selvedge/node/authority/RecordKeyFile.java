// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.pki.RecordKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** An Ed25519 private key in a PKCS#8 PEM file (RFC 8410), read as the signer that it makes. */
public final class RecordKeyFile {
    private RecordKeyFile() {}

    /** Reads it when nobody but its owner can. */
    public static RecordSigner readPrivate(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(
                    "%s is missing: every cloud node needs the authority's record key there"
                            .formatted(file));
        }
        var others = Files.getPosixFilePermissions(file);
        if (!Set.of(OWNER_READ, OWNER_WRITE).containsAll(others)) {
            throw new IOException("%s is open to others: chmod 600 %s".formatted(file, file));
        }
        return read(file);
    }

    public static RecordSigner read(Path file) throws IOException {
        try {
            var keys = RecordKeys.fromPem(Files.readString(file).strip());
            return new RecordSigner(keys.privateKey(), keys.recordKey());
        } catch (IllegalArgumentException notAKey) {
            throw new IOException(file + " holds no Ed25519 key; write one there", notAKey);
        }
    }
}
