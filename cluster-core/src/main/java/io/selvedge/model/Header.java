// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

/** The head of a record: what it is, about whom, by whom, for whom, and its version. */
public record Header(
        RecordType type, Subject subject, RecordKey writer, Scope scope, Version version) {

    /** The place that versions of one record compete for. */
    public Slot slot() {
        return new Slot(scope, type, subject, writer);
    }
}
