// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.authority;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** An Ed25519 private key in a PKCS#8 PEM file (RFC 8410), read as the signer that it makes. */
public final class RecordKeyFile {
    private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String END = "-----END PRIVATE KEY-----";

    private RecordKeyFile() {}

    public static RecordSigner read(Path file) throws IOException {
        String pem = Files.readString(file).strip();
        if (!pem.startsWith(BEGIN) || !pem.endsWith(END)) {
            throw new IOException(file + " holds no PKCS#8 PEM key; write an Ed25519 key there");
        }
        String base64 = pem.substring(BEGIN.length(), pem.length() - END.length());
        try {
            return signer(Base64.getMimeDecoder().decode(base64));
        } catch (GeneralSecurityException | IllegalArgumentException notAKey) {
            throw new IOException(file + " holds no Ed25519 key; write one there", notAKey);
        }
    }

    /** The PEM text of a key, for {@link #read}. */
    public static String pem(PrivateKey key) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        return "%s\n%s\n%s\n".formatted(BEGIN, base64.encodeToString(key.getEncoded()), END);
    }

    private static RecordSigner signer(byte[] pkcs8) throws GeneralSecurityException {
        var key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        if (key instanceof EdECPrivateKey ed && ed.getBytes().isPresent()) {
            // The JDK derives no public key from a private one.
            var seed = new Ed25519PrivateKeyParameters(ed.getBytes().get());
            var publicKey = Bytes.of(seed.generatePublicKey().getEncoded());
            return new RecordSigner(key, new RecordKey(publicKey));
        }
        throw new GeneralSecurityException("not an Ed25519 key");
    }
}
