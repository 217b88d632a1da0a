// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.fabric.RecordSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.HexFormat;

/** Fresh keys for tests. */
final class Keys {
    private Keys() {}

    static RecordSigner signer() {
        try {
            var file = Files.createTempFile("record", ".key");
            try {
                mint(file);
                return RecordKeyFile.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void mint(Path file) throws IOException {
        Files.writeString(file, RecordKeyFile.pem(pair("Ed25519").getPrivate()));
    }

    static void register(Path folder, String node) throws IOException {
        Files.writeString(
                folder.resolve(node + ".properties"),
                "record-key=%s\nike-key=%s\n"
                        .formatted(
                                signer().key().hex(),
                                HexFormat.of().formatHex(pair("EC").getPublic().getEncoded())));
    }

    private static KeyPair pair(String algorithm) {
        try {
            return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new AssertionError(everyJavaHasIt);
        }
    }
}
