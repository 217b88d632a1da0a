// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.ClearTextCounters;
import io.selvedge.lab.LabException;

/** What the counters on the underlay saw, from before the first node's start until now. */
record ClearText() implements Step {
    @Override
    public String name() {
        return "no clear-text packet, ever";
    }

    @Override
    public String run(Stage stage) {
        var counters = stage.lab().counters().read();
        if (ClearTextCounters.total(counters) != 0) {
            counters.values().removeIf(count -> count == 0);
            throw new LabException("packets outside ESP: " + counters);
        }
        return "%d counters on the WAN router, the boxes and the LAN bridges are at 0"
                .formatted(counters.size());
    }
}
