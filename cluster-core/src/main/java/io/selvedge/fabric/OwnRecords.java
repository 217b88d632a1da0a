// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Payload;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Slot;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The records that this node writes: signed anew only when they say something new. */
final class OwnRecords {
    private final Signer signer;
    private final OwnVersions versions;

    OwnRecords(Signer signer, OwnVersions versions) {
        this.signer = signer;
        this.versions = versions;
    }

    /** Makes the next version lie above one that was seen elsewhere. */
    void raiseAbove(Version seen) {
        versions.raiseAbove(seen);
    }

    /** All own records again, above a version that was seen elsewhere. */
    List<SignedRecord> supersede(RecordSet held, Version seen) {
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

    /** The payload that stands in {@code held} by this writer; two of one version do not stand. */
    @Nullable Payload standing(RecordSet held, RecordType type, Subject subject) {
        var slot = new Slot(new Scope.OfNode(subject), type, subject, signer.key());
        var records = held.records(slot);
        return records.size() == 1
                ? records.getFirst().statement().map(Statement::payload).orElse(null)
                : null;
    }

    /** A new record of the node's scope, or null when the standing one says the same. */
    @Nullable SignedRecord renew(RecordSet held, Subject subject, Payload payload) {
        if (payload.equals(standing(held, payload.type(), subject))) {
            return null;
        }
        return signer.sign(subject, new Scope.OfNode(subject), versions.next(), payload);
    }
}
