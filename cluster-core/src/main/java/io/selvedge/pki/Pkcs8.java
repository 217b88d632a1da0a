// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A private key as PEM text (RFC 7468), in the unencrypted PKCS#8 form that charon reads too. */
final class Pkcs8 {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private Pkcs8() {}

    static String toPem(PrivateKey key) {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return BEGIN + "\n" + lines.encodeToString(key.getEncoded()) + "\n" + END + "\n";
    }

    /** The key in the text; it must be of the given algorithm. */
    static PrivateKey fromPem(String pem, String algorithm) {
        int begin = pem.indexOf(BEGIN);
        int end = pem.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(
                    "not a PKCS#8 PEM key: no '" + BEGIN + "' line; convert it with openssl pkcs8");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (GeneralSecurityException | IllegalArgumentException malformed) {
            throw new IllegalArgumentException("not a PKCS#8 " + algorithm + " key", malformed);
        }
    }
}
