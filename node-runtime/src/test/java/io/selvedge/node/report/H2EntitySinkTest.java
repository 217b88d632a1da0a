// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.actors.persistence.JournalSettings;
import java.nio.file.Path;

class H2EntitySinkTest extends EntitySinkContract {
    @Override
    JournalSettings settings(Path folder) {
        return JournalSettings.parse("h2", "", folder);
    }
}
