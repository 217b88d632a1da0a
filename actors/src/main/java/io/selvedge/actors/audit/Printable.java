// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import java.util.regex.Pattern;

/**
 * What nodes say, fit for a table and a terminal: no database stores a NUL in text, and no node is
 * to move an operator's cursor.
 */
final class Printable {
    private static final Pattern CONTROL = Pattern.compile("\\p{Cc}");

    private Printable() {}

    static String of(String text) {
        return CONTROL.matcher(text).replaceAll("\uFFFD");
    }
}
