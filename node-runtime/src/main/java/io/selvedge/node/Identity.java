// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.View;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Subject;
import io.selvedge.node.authority.RecordsFile;
import io.selvedge.pki.RecordKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Who a node is, from the folder it was handed when it was enrolled.
 *
 * @param root the key that says whom to trust
 * @param ikeKeyFile the private key that the IKE daemon is given
 * @param records signed records to start from: settings, its own grant, the connectors' grants, and
 *     the root's word whom to trust
 */
public record Identity(
        Subject subject,
        NodeGrant grant,
        RecordKey root,
        RecordSigner signer,
        Path ikeKeyFile,
        List<SignedRecord> records) {
    public Identity {
        records = List.copyOf(records);
    }

    /** Reads an enrolment; an {@link IllegalArgumentException} says what is missing in it. */
    public static Identity load(Path enrolment) throws IOException {
        var root = RecordKey.ofHex(text(enrolment.resolve("root.pub")));
        var keys = RecordKeys.fromPem(text(enrolment.resolve("record.key")));
        var records = RecordsFile.read(enrolment.resolve("records"));
        var said = records.stream().flatMap(record -> record.statement().stream()).toList();
        var believed = View.of(said, root);
        var self = believed.writerOf(keys.recordKey());
        var grant = self == null ? null : believed.grant(self);
        if (self == null || grant == null) {
            throw new IllegalArgumentException(
                    enrolment
                            + ": under its root.pub nobody grants this node's record key; enrol"
                            + " the node again");
        }
        return new Identity(
                self,
                grant.says(),
                root,
                new RecordSigner(keys.privateKey(), keys.recordKey()),
                enrolment.resolve("ike.key"),
                records);
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is missing; enrol the node again");
        }
        return Files.readString(file).strip();
    }
}
