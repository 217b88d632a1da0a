// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Version;
import io.selvedge.wire.GossipMessage.Held;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who lacks what of one slot, as a listing tells it. */
record Difference(boolean theyLack, boolean weLack) {
    static Difference between(Entry ours, @Nullable List<Held> theirs) {
        if (theirs == null) {
            return new Difference(true, false);
        }
        var highest = highest(theirs);
        int ahead = ours.version().compareTo(highest);
        if (ahead != 0) {
            return new Difference(ahead > 0, ahead < 0);
        }
        var here = ours.cards().stream().map(Datagrams::shortHash).collect(Collectors.toSet());
        var there =
                theirs.stream()
                        .filter(held -> held.version().equals(highest))
                        .map(Held::hash)
                        .collect(Collectors.toSet());
        return new Difference(!there.containsAll(here), !here.containsAll(there));
    }

    static Version highest(List<Held> held) {
        return held.stream().map(Held::version).max(Comparator.naturalOrder()).orElseThrow();
    }
}
