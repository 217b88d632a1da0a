// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import io.selvedge.fabric.RecordSet;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Slot;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.node.Identity;
import io.selvedge.node.store.SequenceFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records that this node writes: signed anew only when they say something new. */
final class OwnRecords {
    private final RecordSigner signer;
    private final SequenceFile versions;

    OwnRecords(RecordSigner signer, SequenceFile versions) {
        this.signer = signer;
        this.versions = versions;
    }

    /** Opens the versions file; whatever it says, versions go on above those that are held. */
    static OwnRecords open(Path file, Identity identity, RecordSet held) throws IOException {
        var key = identity.signer().key();
        var highest =
                held.records().stream()
                        .map(SignedRecord::header)
                        .filter(header -> header.writer().equals(key))
                        .map(Header::version)
                        .max(Comparator.naturalOrder())
                        .orElse(new Version(1, 0));
        return new OwnRecords(identity.signer(), SequenceFile.open(file, highest));
    }

    /** All own records again, above a version that was seen elsewhere. */
    List<SignedRecord> supersede(RecordSet held, Version seen) throws IOException {
        versions.raiseAbove(seen);
        var again = new ArrayList<SignedRecord>();
        for (var statement : held.statements()) {
            var header = statement.header();
            if (header.writer().equals(signer.key())) {
                again.add(
                        signer.sign(
                                header.subject(),
                                header.scope(),
                                versions.next(),
                                statement.payload()));
            }
        }
        return again;
    }

    /** The payload that stands in {@code held} by this writer, or null. */
    @Nullable Payload standing(RecordSet held, RecordType type, Subject subject) {
        var slot = new Slot(new Scope.OfNode(subject), type, subject, signer.key());
        return held.records(slot).stream()
                .flatMap(record -> record.statement().stream())
                .map(statement -> statement.payload())
                .findFirst()
                .orElse(null);
    }

    /** A new record of the node's scope, or null when the standing one says the same. */
    @Nullable SignedRecord renew(RecordSet held, Subject subject, Payload payload)
            throws IOException {
        if (payload.equals(standing(held, payload.type(), subject))) {
            return null;
        }
        return signer.sign(subject, new Scope.OfNode(subject), versions.next(), payload);
    }
}
