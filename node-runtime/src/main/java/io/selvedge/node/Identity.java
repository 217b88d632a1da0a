// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.fabric.Statement;
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
 * @param authority whom it believes
 * @param ikeKeyFile the private key that the IKE daemon is given
 * @param records signed records to start from: settings, its own grant, the connectors' grants
 */
public record Identity(
        Subject subject,
        NodeGrant grant,
        RecordKey authority,
        RecordSigner signer,
        Path ikeKeyFile,
        List<SignedRecord> records) {
    public Identity {
        records = List.copyOf(records);
    }

    /** Reads an enrolment; an {@link IllegalArgumentException} says what is missing in it. */
    public static Identity load(Path enrolment) throws IOException {
        var authority = RecordKey.ofHex(text(enrolment.resolve("authority.pub")));
        var keys = RecordKeys.fromPem(text(enrolment.resolve("record.key")));
        var records = RecordsFile.read(enrolment.resolve("records"));
        for (var record : records) {
            var said = record.statement();
            if (said.isPresent() && grants(said.get(), authority, keys.recordKey())) {
                return new Identity(
                        record.header().subject(),
                        (NodeGrant) said.get().payload(),
                        authority,
                        new RecordSigner(keys.privateKey(), keys.recordKey()),
                        enrolment.resolve("ike.key"),
                        records);
            }
        }
        throw new IllegalArgumentException(
                enrolment + ": no grant for this node's record key; enrol the node again");
    }

    private static boolean grants(Statement said, RecordKey authority, RecordKey own) {
        return said.payload() instanceof NodeGrant grant
                && said.header().writer().equals(authority)
                && grant.recordKey().equals(own);
    }

    private static String text(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(file + " is missing; enrol the node again");
        }
        return Files.readString(file).strip();
    }
}
