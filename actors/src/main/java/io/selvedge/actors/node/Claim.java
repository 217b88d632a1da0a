// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.model.Cidr;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a node asks of its cluster, which no other node may have.
 *
 * @param admitted the revision of the intent with which the node came, or came back
 * @param podCidrs those of its manifest; with none, an edge is given some of the pools
 * @param keys none when the node is not registered yet
 */
public record Claim(
        String name,
        long admitted,
        boolean edge,
        SortedSet<Cidr> podCidrs,
        @Nullable NodeKeys keys) {
    public Claim {
        podCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(podCidrs));
    }
}
