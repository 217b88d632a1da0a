// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a record says. Every case is immutable, and its collections are sorted. */
public sealed interface Payload {
    RecordType type();

    /**
     * The fabric as a whole, by the authority; exactly one.
     *
     * @param connectors the connectors, with the public addresses by which edges first reach them
     * @param mtu of pods and tunnels, in bytes
     */
    record FabricSettings(
            String cluster,
            SortedSet<Cidr> clusterCidrs,
            SortedSet<Cidr> serviceCidrs,
            Cidr fabricCidr,
            SortedMap<Subject, List<IpAddress>> connectors,
            int mtu)
            implements Payload {
        public FabricSettings {
            clusterCidrs = sorted(clusterCidrs);
            serviceCidrs = sorted(serviceCidrs);
            var copy = new TreeMap<Subject, List<IpAddress>>();
            connectors.forEach((node, addresses) -> copy.put(node, List.copyOf(addresses)));
            connectors = Collections.unmodifiableSortedMap(copy);
        }

        @Override
        public RecordType type() {
            return RecordType.FABRIC_SETTINGS;
        }
    }

    /**
     * That a node belongs to the fabric, and as what. The subject of the record is the node.
     *
     * @param site the node's only source of a site; never observed
     * @param publicAddresses underlay addresses that an operator annotated as reachable by anybody
     * @param communities the names of the Communities that the node may be a member of
     */
    record NodeGrant(
            String name,
            SortedSet<Role> roles,
            String site,
            String zone,
            String region,
            IpAddress fabricAddress,
            SortedSet<Cidr> podCidrs,
            List<IpAddress> publicAddresses,
            SortedSet<String> communities,
            RecordKey recordKey,
            IkeKey ikeKey)
            implements Payload {
        public NodeGrant {
            roles = sorted(roles);
            podCidrs = sorted(podCidrs);
            publicAddresses = List.copyOf(publicAddresses);
            communities = sorted(communities);
        }

        public boolean isEdge() {
            return roles.contains(Role.EDGE);
        }

        public boolean isConnector() {
            return roles.contains(Role.CONNECTOR);
        }

        @Override
        public RecordType type() {
            return RecordType.NODE_GRANT;
        }
    }

    /** Who may talk to whom: every pair of its members. The subject's uid is the name. */
    record Community(String name, SortedSet<Subject> members) implements Payload {
        public Community {
            members = sorted(members);
        }

        @Override
        public RecordType type() {
            return RecordType.COMMUNITY;
        }
    }

    /**
     * Where a node's IKE daemon listens, by the node itself.
     *
     * @param addresses underlay addresses of the node, at most {@value #MAX_ADDRESSES}
     * @param port the IKE port; 500 also means 4500 for NAT traversal (RFC 7296)
     */
    record Endpoint(List<IpAddress> addresses, int port, String backend, long incarnation)
            implements Payload {
        public static final int MAX_ADDRESSES = 8;

        public Endpoint {
            addresses = List.copyOf(addresses);
            if (addresses.size() > MAX_ADDRESSES) {
                throw new IllegalArgumentException(
                        "an endpoint has at most %d addresses, not %d"
                                .formatted(MAX_ADDRESSES, addresses.size()));
            }
        }

        @Override
        public RecordType type() {
            return RecordType.ENDPOINT;
        }
    }

    /** From where a connector sees a node come: its address after any NAT. */
    record Observation(IpAddress address, int port, boolean behindNat) implements Payload {
        @Override
        public RecordType type() {
            return RecordType.OBSERVATION;
        }
    }

    /** A record key that nobody may trust again. Absorbing: it never expires, nothing undoes it. */
    record Revocation(RecordKey revoked, String reason) implements Payload {
        @Override
        public RecordType type() {
            return RecordType.REVOCATION;
        }
    }

    private static <T> SortedSet<T> sorted(Collection<T> values) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }
}
