// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.fabric.Possession;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.RecordKey;
import io.selvedge.pki.IkeKeys;
import io.selvedge.pki.RecordKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** Fresh keys for tests. */
final class Keys {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Keys() {}

    static RecordSigner signer() {
        var keys = RecordKeys.generate(RANDOM);
        return new RecordSigner(keys.privateKey(), keys.recordKey());
    }

    static void mint(Path file) throws IOException {
        Files.writeString(file, RecordKeys.generate(RANDOM).toPem());
    }

    /** With a proof of possession for an authority. */
    static void register(Path folder, String node, RecordKey authority) throws IOException {
        var own = signer();
        var ike = IkeKeys.generate(RANDOM);
        var proof = Possession.prove(own, ike.ikeKey(), ike.privateKey(), authority);
        Files.writeString(
                folder.resolve(node + ".properties"),
                "record-key=%s\nike-key=%s\npossession=%s\n"
                        .formatted(own.key().hex(), ike.ikeKey(), proof.hex()));
    }

    static void register(Path folder, String node) throws IOException {
        Files.writeString(
                folder.resolve(node + ".properties"),
                "record-key=%s\nike-key=%s\n"
                        .formatted(signer().key().hex(), IkeKeys.generate(RANDOM).ikeKey()));
    }
}
