// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import io.selvedge.model.Payload.ServiceSpec;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the operator wants, wherever it was written: the settings of the fabric, its nodes, its
 * Communities and its services, by name; a service's name is {@code namespace/name}.
 */
public record Intent(
        FabricIntent fabric,
        SortedMap<String, NodeIntent> nodes,
        SortedMap<String, CommunityIntent> communities,
        SortedMap<String, ServiceIntent> services) {
    public Intent {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
        communities = Collections.unmodifiableSortedMap(new TreeMap<>(communities));
        services = Collections.unmodifiableSortedMap(new TreeMap<>(services));
    }

    /** An intent without services. */
    public Intent(
            FabricIntent fabric,
            SortedMap<String, NodeIntent> nodes,
            SortedMap<String, CommunityIntent> communities) {
        this(fabric, nodes, communities, new TreeMap<>());
    }

    /**
     * The {@code Fabric} manifest. Connectors are named by their nodes.
     *
     * @param podPools from which edges without pod CIDRs of their own are given one of each family
     */
    public record FabricIntent(
            String cluster,
            SortedSet<Cidr> clusterCidrs,
            SortedSet<Cidr> serviceCidrs,
            SortedMap<String, List<IpAddress>> connectors,
            SortedSet<PodPool> podPools) {
        public FabricIntent(
                String cluster,
                SortedSet<Cidr> clusterCidrs,
                SortedSet<Cidr> serviceCidrs,
                SortedMap<String, List<IpAddress>> connectors) {
            this(cluster, clusterCidrs, serviceCidrs, connectors, new TreeSet<>());
        }

        public FabricIntent {
            podPools = Collections.unmodifiableSortedSet(new TreeSet<>(podPools));
            clusterCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(clusterCidrs));
            serviceCidrs = Collections.unmodifiableSortedSet(new TreeSet<>(serviceCidrs));
            connectors = Collections.unmodifiableSortedMap(new TreeMap<>(connectors));
        }
    }

    /** A range of pods' addresses, given to nodes in prefixes of {@code maskSize} bits. */
    public record PodPool(Cidr cidr, int maskSize) implements Comparable<PodPool> {
        public PodPool {
            if (maskSize <= cidr.length() || maskSize > cidr.base().bits()) {
                throw new IllegalArgumentException(
                        "a mask size for nodes of %s is %d to %d, not %d"
                                .formatted(cidr, cidr.length() + 1, cidr.base().bits(), maskSize));
            }
        }

        @Override
        public int compareTo(PodPool other) {
            int byCidr = cidr.compareTo(other.cidr);
            return byCidr != 0 ? byCidr : Integer.compare(maskSize, other.maskSize);
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

    /** A service as it is wanted. Its pods are named by the names of their nodes. */
    public record ServiceIntent(
            String namespace,
            String name,
            List<IpAddress> clusterIps,
            SortedSet<ServiceSpec.Port> ports,
            int affinitySeconds,
            ServiceSpec.Distribution distribution,
            SortedMap<String, SortedSet<String>> podsByNode) {
        public ServiceIntent {
            clusterIps = List.copyOf(clusterIps);
            ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
            var copy = new TreeMap<String, SortedSet<String>>();
            podsByNode.forEach((node, pods) ->
                    copy.put(node, Collections.unmodifiableSortedSet(new TreeSet<>(pods))));
            podsByNode = Collections.unmodifiableSortedMap(copy);
        }
    }
}
