// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.pki.RecordKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** An Ed25519 private key in a PKCS#8 PEM file (RFC 8410), read as the signer that it makes. */
public final class RecordKeyFile {
    private RecordKeyFile() {}

    public static RecordSigner read(Path file) throws IOException {
        try {
            var keys = RecordKeys.fromPem(Files.readString(file).strip());
            return new RecordSigner(keys.privateKey(), keys.recordKey());
        } catch (IllegalArgumentException notAKey) {
            throw new IOException(file + " holds no Ed25519 key; write one there", notAKey);
        }
    }
}
