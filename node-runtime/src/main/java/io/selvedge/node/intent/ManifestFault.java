// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

/** Carries the error that ends the reading of one document up to the reader. */
final class ManifestFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ManifestError error;

    ManifestFault(ManifestError error) {
        super(error.toString(), null, false, false);
        this.error = error;
    }

    ManifestError error() {
        return error;
    }
}
