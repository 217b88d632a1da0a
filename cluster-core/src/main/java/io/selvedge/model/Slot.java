// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.util.Comparator;

/** The place in a record set for which versions compete: one writer, one subject, one type. */
public record Slot(Scope scope, RecordType type, Subject subject, RecordKey writer)
        implements Comparable<Slot> {
    private static final Comparator<Slot> ORDER =
            Comparator.comparing(Slot::scope)
                    .thenComparing(Slot::type)
                    .thenComparing(Slot::subject)
                    .thenComparing(Slot::writer);

    @Override
    public int compareTo(Slot other) {
        return ORDER.compare(this, other);
    }
}
