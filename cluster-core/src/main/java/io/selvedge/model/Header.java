// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

/**
 * The head of a record: what it is, about whom, by whom, for whom, and its version.
 *
 * @param publication the number under which an authority published the record in its scope, by
 *     which a {@link Payload.Roster} tells whether it lives still; 0 when no roster speaks of it
 */
public record Header(
        RecordType type,
        Subject subject,
        RecordKey writer,
        Scope scope,
        Version version,
        long publication) {
    public Header {
        if (publication < 0) {
            throw new IllegalArgumentException("a publication counts from one; 0 is none");
        }
    }

    /** A head that no roster speaks of. */
    public Header(
            RecordType type, Subject subject, RecordKey writer, Scope scope, Version version) {
        this(type, subject, writer, scope, version, 0);
    }

    /** The place that versions of one record compete for. */
    public Slot slot() {
        return new Slot(scope, type, subject, writer);
    }
}
