// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import org.jspecify.annotations.Nullable;

/**
 * A pulled cable: between two nodes or sites, or of one from everything. Without direction: {@code
 * a} is the lesser name when there are two.
 */
public record Cut(String a, @Nullable String b) implements Comparable<Cut> {

    public static Cut of(String one, @Nullable String other) {
        if (other == null) {
            return new Cut(one, null);
        }
        if (one.equals(other)) {
            throw new LabException(
                    "'%s' cannot be cut from itself; name another, or none to cut it from all"
                            .formatted(one));
        }
        return one.compareTo(other) < 0 ? new Cut(one, other) : new Cut(other, one);
    }

    static Cut parse(String line) {
        int space = line.indexOf(' ');
        return space < 0
                ? new Cut(line, null)
                : new Cut(line.substring(0, space), line.substring(space + 1));
    }

    @Override
    public int compareTo(Cut other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return b == null ? a : a + " " + b;
    }
}
