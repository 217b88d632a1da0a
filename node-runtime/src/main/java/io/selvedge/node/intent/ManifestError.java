// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import java.util.Comparator;

/**
 * One reason why manifests are refused, and what to do about it. Lines and columns count from 1.
 */
public record ManifestError(
        String file, int line, int column, String field, String problem, String fix)
        implements Comparable<ManifestError> {
    private static final Comparator<ManifestError> ORDER =
            Comparator.comparing(ManifestError::file)
                    .thenComparingInt(ManifestError::line)
                    .thenComparingInt(ManifestError::column)
                    .thenComparing(ManifestError::field)
                    .thenComparing(ManifestError::problem);

    @Override
    public int compareTo(ManifestError other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        String where = field.isEmpty() ? "" : field + ": ";
        return "%s:%d:%d: %s%s; %s".formatted(file, line, column, where, problem, fix);
    }
}
