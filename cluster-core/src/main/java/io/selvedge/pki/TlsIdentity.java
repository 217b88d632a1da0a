// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.pki;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a node proves in TLS, and whom it believes: rendered as the PKCS#12 stores of RFC 7292. */
public record TlsIdentity(
        PrivateKey privateKey, X509Certificate certificate, X509Certificate authority) {
    private static final int PASSWORD_BYTES = 16;

    /** The key, its certificate and the authority's, under the alias {@code node}. */
    public byte[] keyStore(String password) {
        char[] secret = password.toCharArray();
        return store(
                secret,
                store ->
                        store.setKeyEntry(
                                "node",
                                privateKey,
                                secret,
                                new Certificate[] {certificate, authority}));
    }

    /** The authority's certificate alone, under the alias {@code ca}. */
    public byte[] trustStore(String password) {
        return store(password.toCharArray(), store -> store.setCertificateEntry("ca", authority));
    }

    public static String password(SecureRandom random) {
        byte[] bytes = new byte[PASSWORD_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public String toString() {
        return "TlsIdentity[" + certificate.getSubjectX500Principal() + "]";
    }

    private interface Content {
        void addTo(KeyStore store) throws GeneralSecurityException;
    }

    private static byte[] store(char[] password, Content content) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            char @Nullable [] none = null;
            store.load(null, none);
            content.addTo(store);
            var out = new ByteArrayOutputStream();
            store.store(out, password);
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException impossible) {
            throw new IllegalStateException("cannot write a PKCS#12 store", impossible);
        }
    }
}
