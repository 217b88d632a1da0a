// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the cluster gave a node, and nobody else. */
public record Allocation(IpAddress fabricAddress, SortedSet<Cidr> podCidrs) {
    public Allocation {
        podCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(podCidrs));
    }
}
