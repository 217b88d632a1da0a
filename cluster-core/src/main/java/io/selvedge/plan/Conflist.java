// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.model.Cidr;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The CNI configuration list of a node (CNI spec 0.4.0): bridge with host-local addresses, then
 * portmap and bandwidth.
 *
 * @param mtu in bytes
 */
public record Conflist(String name, String bridge, int mtu, SortedSet<Cidr> podCidrs)
        implements Resource {
    public Conflist {
        podCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(podCidrs));
    }

    @Override
    public String key() {
        var cidrs = podCidrs.stream().map(Cidr::toString).collect(Collectors.joining(","));
        return "conflist %s bridge %s mtu %d pods %s".formatted(name, bridge, mtu, cidrs);
    }
}
