// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records that were refused of late, by neighbour, so that none is pulled again each tick. Of a
 * neighbour, because what one sends with a broken signature another may send whole.
 */
final class RefusedRecords {
    private final int max;
    private final LinkedHashMap<Place, Refused> refused =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Place, Refused> eldest) {
                    return size() > max;
                }
            };

    RefusedRecords(int max) {
        this.max = max;
    }

    private record Place(Subject from, Bytes slotHash) {}

    private record Refused(Version version, Refusal why) {}

    void add(Subject from, SignedRecord record, Refusal why) {
        refused.put(new Place(from, record.slotHash()), new Refused(record.version(), why));
    }

    /** Whether this version, or a higher one, was refused of this neighbour. */
    boolean contains(Subject from, Bytes slotHash, Version version) {
        var known = refused.get(new Place(from, slotHash));
        return known != null && version.compareTo(known.version()) <= 0;
    }

    /** Forgets what was refused for want of room, or as dead: either may have changed. */
    void reconsider() {
        refused.values().removeIf(each -> each.why() == Refusal.FULL || each.why() == Refusal.DEAD);
    }

    int size() {
        return refused.size();
    }
}
