// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import io.selvedge.fabric.SignedRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** How one change reaches those that are to keep it: when each of them held it first. */
final class Spread {
    private final SignedRecord record;
    private final long published;
    private final BitSet missing = new BitSet();
    private final int keepers;
    private final List<Long> arrivals = new ArrayList<>();

    Spread(SignedRecord record, long published, Collection<Integer> keepers) {
        this.record = record;
        this.published = published;
        this.keepers = keepers.size();
        keepers.forEach(missing::set);
    }

    SignedRecord record() {
        return record;
    }

    int keepers() {
        return keepers;
    }

    void held(int node, long now) {
        if (missing.get(node)) {
            missing.clear(node);
            arrivals.add(now - published);
        }
    }

    boolean isComplete() {
        return missing.isEmpty();
    }

    /** Until each keeper held it, in milliseconds, but for those that still do not. */
    List<Long> arrivals() {
        return Collections.unmodifiableList(arrivals);
    }

    /** Until the last keeper held it; while one does not, the time waited so far. */
    long millis(long now) {
        return isComplete() ? arrivals.getLast() : now - published;
    }
}
