// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import io.selvedge.model.Intent;
import java.util.List;

/** What came of reading the intent. Only {@link Loaded} may change anything. */
public sealed interface IntentReading {
    record Loaded(Intent intent) implements IntentReading {}

    /** The manifests contradict themselves or each other; sorted by file and line. */
    record Refused(List<ManifestError> errors) implements IntentReading {
        public Refused {
            errors = errors.stream().sorted().toList();
        }
    }

    /**
     * There was nothing that could be taken as a whole: no folder, no manifests, no end of change.
     */
    record Unreadable(String reason) implements IntentReading {}
}
