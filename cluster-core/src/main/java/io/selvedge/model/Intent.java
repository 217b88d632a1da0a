// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the operator wants, wherever it was written: the settings of the fabric, its nodes and its
 * Communities, by name.
 */
public record Intent(
        FabricIntent fabric,
        SortedMap<String, NodeIntent> nodes,
        SortedMap<String, CommunityIntent> communities) {
    public Intent {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        communities = Collections.unmodifiableSortedMap(new TreeMap<>(communities));
    }

    /** The {@code Fabric} manifest. Connectors are named by their nodes. */
    public record FabricIntent(
            String cluster,
            SortedSet<Cidr> clusterCidrs,
            SortedSet<Cidr> serviceCidrs,
            SortedMap<String, List<IpAddress>> connectors) {
        public FabricIntent {
            clusterCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(clusterCidrs));
            serviceCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(serviceCidrs));
            connectors = Collections.unmodifiableSortedMap(new TreeMap<>(connectors));
        }
    }

    /**
     * A {@code Node} manifest.
     *
     * @param uid empty when the manifest has none; the authority then makes one up and keeps it
     * @param site empty when the manifest has none; the node is then a site of its own
     */
    public record NodeIntent(
            String name,
            String uid,
            SortedSet<Role> roles,
            String site,
            String zone,
            String region,
            SortedSet<Cidr> podCidrs,
            List<IpAddress> publicAddresses) {
        public NodeIntent {
            roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
            podCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(podCidrs));
            publicAddresses = List.copyOf(publicAddresses);
        }
    }

    /** A {@code Community} manifest. Members are {@code cluster.node}. */
    public record CommunityIntent(String name, SortedSet<String> members) {
        public CommunityIntent {
            members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
        }
    }
}
