// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import io.selvedge.plan.IpsecResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;

/**
 * Both halves of an IKE key that this node holds.
 *
 * @param privateKey PKCS#8, DER or PEM
 */
public record OwnIkeKey(IkeKey publicKey, Bytes privateKey) {

    public static OwnIkeKey of(KeyPair pair) {
        return new OwnIkeKey(
                new IkeKey(Bytes.of(pair.getPublic().getEncoded())),
                Bytes.of(pair.getPrivate().getEncoded()));
    }

    /** The private half from a file; that the halves belong together shows when it is loaded. */
    public static OwnIkeKey read(Path file, IkeKey publicKey) throws IOException {
        return new OwnIkeKey(publicKey, Bytes.of(Files.readAllBytes(file)));
    }

    IpsecResource.OwnKey resource() {
        return new IpsecResource.OwnKey(publicKey);
    }

    @Override
    public String toString() {
        return "OwnIkeKey[" + publicKey + "]";
    }
}
