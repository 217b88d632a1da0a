// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** How far the word of an authority reaches. */
public sealed interface Limits {
    /** No limits: settings, any grant, any Community, any revocation. */
    record Everything() implements Limits {}

    /**
     * A site authority: it grants edges of its sites, with addresses of its ranges, and revokes
     * what it could have granted.
     */
    record OfSites(SortedSet<String> sites, SortedSet<Cidr> podCidrs, Cidr fabricCidr)
            implements Limits {
        public OfSites {
            sites = Collections.unmodifiableSortedSet(new TreeSet<>(sites));
            podCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(podCidrs));
        }
    }
}
