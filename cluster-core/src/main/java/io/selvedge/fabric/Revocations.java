// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Payload.Revocation;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Subject;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a revocation revokes: the key in its subject, {@code key:HEX}, whatever a later version of
 * it says, and the key in its payload. So no version undoes an earlier one.
 */
final class Revocations {
    private static final String PREFIX = "key:";

    private Revocations() {}

    /**
     * What a record says; one that revokes does so by its subject, if its payload is unreadable.
     */
    static Optional<Statement> statement(SignedRecord record) {
        var said = record.statement();
        if (said.isPresent() || !record.header().type().equals(RecordType.REVOCATION)) {
            return said;
        }
        return named(record.header().subject())
                .map(key -> new Statement(record.header(), new Revocation(key, "unreadable")));
    }

    /** The keys that a statement revokes. */
    static SortedSet<RecordKey> keys(Statement statement, Revocation says) {
        var keys = new TreeSet<RecordKey>();
        keys.add(says.revoked());
        named(statement.header().subject()).ifPresent(keys::add);
        return keys;
    }

    private static Optional<RecordKey> named(Subject subject) {
        if (!subject.uid().startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecordKey.ofHex(subject.uid().substring(PREFIX.length())));
        } catch (IllegalArgumentException noKey) {
            return Optional.empty();
        }
    }
}
