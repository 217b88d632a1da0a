// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import java.util.List;

/**
 * Why something is planned: the rule, in words, and the records it rests on, each as {@code type
 * subject@version}.
 */
public record Reason(String rule, List<String> records) {
    public Reason {
        records = List.copyOf(records);
    }

    @Override
    public String toString() {
        return records.isEmpty() ? rule : rule + " (" + String.join(", ", records) + ")";
    }
}
