// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.store;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of the two files that hold the records. A snapshot is written whole and never changed; the
 * log of the same generation goes on from there. The highest generation counts.
 */
record StoreFile(Part part, long generation) {
    private static final Pattern NAME = Pattern.compile("(snapshot|log)\\.([1-9][0-9]{0,17})");

    enum Part {
        SNAPSHOT("snapshot", 1),
        LOG("log", 2);

        private final String word;
        private final int number;

        Part(String word, int number) {
            this.word = word;
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    String name() {
        return part.word + "." + generation;
    }

    static Optional<StoreFile> parse(String name) {
        var matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var part = matcher.group(1).equals(Part.LOG.word) ? Part.LOG : Part.SNAPSHOT;
        return Optional.of(new StoreFile(part, Long.parseLong(matcher.group(2))));
    }
}
