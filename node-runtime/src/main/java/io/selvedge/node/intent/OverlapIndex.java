// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.intent;

import io.selvedge.model.Cidr;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Prefixes that do not overlap each other, with their owners: neighbours in order suffice. */
final class OverlapIndex {
    private final TreeMap<Cidr, Declaration.OfNode> owners = new TreeMap<>();

    /** Adds a prefix; when it overlaps one that is held, that one's owner is returned instead. */
    Declaration.@Nullable OfNode add(Cidr cidr, Declaration.OfNode owner) {
        var below = owners.floorEntry(cidr);
        if (below != null && below.getKey().overlaps(cidr)) {
            return below.getValue();
        }
        var above = owners.ceilingEntry(cidr);
        if (above != null && above.getKey().overlaps(cidr)) {
            return above.getValue();
        }
        owners.put(cidr, owner);
        return null;
    }
}
