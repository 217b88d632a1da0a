// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.RecordKey;
import io.selvedge.node.authority.AuthorityFolders;
import io.selvedge.node.authority.RecordsFile;
import io.selvedge.pki.RecordKeys;
import io.selvedge.pki.TlsIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;

/** The folder that a node is handed before its first start; its owner alone can read it. */
record EnrolmentFiles(Path folder, SecureRandom random) {

    void write(
            RecordKey root,
            FolderEnroller.NodeKeys keys,
            X509Certificate certificate,
            X509Certificate issuer,
            List<SignedRecord> records)
            throws IOException {
        privateFolder(folder);
        var password = TlsIdentity.password(random);
        var tls = new TlsIdentity(keys.ike().privateKey(), certificate, issuer);
        secret("root.pub", root.hex() + "\n");
        secret("record.key", keys.record().toPem());
        secret("ike.key", keys.ike().toPem());
        secret("store.password", password);
        privateFile(folder.resolve("node.p12"), tls.keyStore(password));
        privateFile(folder.resolve("ca.p12"), tls.trustStore(password));
        RecordsFile.write(folder.resolve("records"), records);
    }

    static void authorityKey(Path state, RecordKeys keys) throws IOException {
        privateFolder(state);
        privateFile(state.resolve(AuthorityFolders.KEY_FILE), bytes(keys.toPem()));
    }

    static void rootKey(Path file, RecordKeys keys) throws IOException {
        privateFile(file, bytes(keys.toPem()));
    }

    static void register(
            Path registrations, String node, FolderEnroller.NodeKeys keys, RecordKey authority)
            throws IOException {
        Files.createDirectories(registrations);
        Files.writeString(
                registrations.resolve(node + ".properties"),
                "record-key=%s%nike-key=%s%npossession=%s%n"
                        .formatted(
                                keys.record().recordKey().hex(),
                                keys.ike().ikeKey(),
                                keys.proveTo(authority).hex()));
    }

    private void secret(String name, String text) throws IOException {
        privateFile(folder.resolve(name), bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Nobody else can read it at any moment: it is made so, before anything is in it. */
    private static void privateFile(Path file, byte[] content) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content);
    }
}
