// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** How far the word of an authority reaches. */
public sealed interface Limits {
    /** Whether an authority with these limits may grant so. */
    boolean permits(Payload.NodeGrant grant);

    /** No limits: settings, any grant, any Community, any revocation. */
    record Everything() implements Limits {
        @Override
        public boolean permits(Payload.NodeGrant grant) {
            return true;
        }
    }

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

        @Override
        public boolean permits(Payload.NodeGrant grant) {
            return grant.roles().equals(Set.of(Role.EDGE))
                    && sites.contains(grant.site())
                    && fabricCidr.contains(grant.fabricAddress())
                    && grant.podCidrs().stream()
                            .allMatch(pods ->
                                    podCidrs.stream().anyMatch(range -> range.contains(pods)));
        }
    }
}
