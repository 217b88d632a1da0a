// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import io.selvedge.pki.TlsIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The two PKCS#12 files and their password, as they lie in a node's enrolment folder. */
public record TlsStores(Path keyStore, Path trustStore, String password) {
    private static final String KEY_STORE = "node.p12";
    private static final String TRUST_STORE = "ca.p12";
    private static final String PASSWORD = "store.password";

    public static TlsStores in(Path enrolment) throws IOException {
        return new TlsStores(
                enrolment.resolve(KEY_STORE),
                enrolment.resolve(TRUST_STORE),
                Files.readString(enrolment.resolve(PASSWORD)).strip());
    }

    /** Writes an identity under a new password; the files are their owner's alone. */
    public static TlsStores write(Path enrolment, TlsIdentity identity, SecureRandom random)
            throws IOException {
        var password = TlsIdentity.password(random);
        write(enrolment.resolve(PASSWORD), (password + "\n").getBytes(StandardCharsets.US_ASCII));
        write(enrolment.resolve(KEY_STORE), identity.keyStore(password));
        write(enrolment.resolve(TRUST_STORE), identity.trustStore(password));
        return in(enrolment);
    }

    @Override
    public String toString() {
        return "TlsStores[" + keyStore + ", " + trustStore + "]";
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.deleteIfExists(file);
        var ownersAlone = PosixFilePermissions.fromString("rw-------");
        Files.createFile(file, PosixFilePermissions.asFileAttribute(ownersAlone));
        Files.write(file, bytes);
    }
}
