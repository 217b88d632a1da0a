// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

/**
 * Where something stands in a manifest: lines and columns count from 1.
 *
 * @param field the path from the document's top, as {@code spec.podCIDRs[0]}
 */
public record Place(String file, int line, int column, String field) {
    /** How other errors point here. */
    String brief() {
        return file + ":" + line;
    }

    ManifestError error(String problem, String fix) {
        return new ManifestError(file, line, column, field, problem, fix);
    }
}
