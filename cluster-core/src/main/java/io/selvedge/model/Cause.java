// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.util.List;

/**
 * Why something was done or happened: the rule, in words, and the records it rests on, each as
 * {@code type subject@version}. Short enough for many reports to share a datagram.
 */
public record Cause(String rule, List<String> records) {
    public static final int TEXT_MAX = 240;
    public static final int RECORDS_MAX = 4;

    public Cause {
        records = List.copyOf(records);
        if (records.size() > RECORDS_MAX) {
            throw new IllegalArgumentException("a cause names %d records".formatted(RECORDS_MAX));
        }
        check(rule);
        records.forEach(Cause::check);
    }

    /** Cuts what is too long, and leaves out records behind the first few. */
    public static Cause of(String rule, List<String> records) {
        return new Cause(
                shortened(rule),
                records.stream().limit(RECORDS_MAX).map(Cause::shortened).toList());
    }

    public static Cause of(String rule) {
        return of(rule, List.of());
    }

    /** The text, or as much of it as a report carries. */
    public static String shortened(String text) {
        if (text.length() <= TEXT_MAX) {
            return text;
        }
        int end = TEXT_MAX - 1;
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end)
                + "…";
    }

    private static void check(String text) {
        if (text.length() > TEXT_MAX) {
            throw new IllegalArgumentException(
                    "a cause's text has at most %d characters".formatted(TEXT_MAX));
        }
    }

    @Override
    public String toString() {
        return records.isEmpty() ? rule : rule + " (" + String.join(", ", records) + ")";
    }
}
