// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.model;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
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
     * @param lanKey what announcements on a LAN are sealed with: {@value #LAN_KEY_SIZE} bytes, or
     *     none for a fabric that announces nothing
     */
    record FabricSettings(
            String cluster,
            SortedSet<Cidr> clusterCidrs,
            SortedSet<Cidr> serviceCidrs,
            Cidr fabricCidr,
            SortedMap<Subject, List<IpAddress>> connectors,
            int mtu,
            Bytes lanKey)
            implements Payload {
        public static final int LAN_KEY_SIZE = 32;

        public FabricSettings {
            if (lanKey.size() != 0 && lanKey.size() != LAN_KEY_SIZE) {
                throw new IllegalArgumentException(
                        "a LAN key has %d bytes or none, not %d"
                                .formatted(LAN_KEY_SIZE, lanKey.size()));
            }
            clusterCidrs = sorted(clusterCidrs);
            serviceCidrs = sorted(serviceCidrs);
            var copy = new TreeMap<Subject, List<IpAddress>>();
            connectors.forEach((node, addresses) -> copy.put(node, List.copyOf(addresses)));
            connectors = Collections.unmodifiableSortedMap(copy);
        }

        /** The settings of a fabric that announces nothing on its LANs. */
        public FabricSettings(
                String cluster,
                SortedSet<Cidr> clusterCidrs,
                SortedSet<Cidr> serviceCidrs,
                Cidr fabricCidr,
                SortedMap<Subject, List<IpAddress>> connectors,
                int mtu) {
            this(cluster, clusterCidrs, serviceCidrs, fabricCidr, connectors, mtu, Bytes.EMPTY);
        }

        /** Says where it is, not what: a key has no place in a log. */
        @Override
        public String toString() {
            return "FabricSettings[%s, %s, %s, %s, connectors %s, mtu %d]"
                    .formatted(cluster, clusterCidrs, serviceCidrs, fabricCidr, connectors, mtu);
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
     * @param backbone nodes of other sites to which this one keeps a tunnel for control alone, so
     *     that sites without a common Community still hear each other; their grants name this node
     * @param possession the proof that the holder of both keys lets the writer grant them; empty
     *     without one
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
            SortedSet<Subject> backbone,
            RecordKey recordKey,
            IkeKey ikeKey,
            Bytes possession)
            implements Payload {
        public static final int POSSESSION_SIZE_MAX = 256;

        public NodeGrant {
            roles = sorted(roles);
            podCidrs = sorted(podCidrs);
            publicAddresses = List.copyOf(publicAddresses);
            communities = sorted(communities);
            backbone = sorted(backbone);
        }

        /** A grant without a proof of possession. */
        public NodeGrant(
                String name,
                SortedSet<Role> roles,
                String site,
                String zone,
                String region,
                IpAddress fabricAddress,
                SortedSet<Cidr> podCidrs,
                List<IpAddress> publicAddresses,
                SortedSet<String> communities,
                SortedSet<Subject> backbone,
                RecordKey recordKey,
                IkeKey ikeKey) {
            this(
                    name,
                    roles,
                    site,
                    zone,
                    region,
                    fabricAddress,
                    podCidrs,
                    publicAddresses,
                    communities,
                    backbone,
                    recordKey,
                    ikeKey,
                    Bytes.EMPTY);
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

    /**
     * Whom the fabric trusts, by the offline root; exactly one counts. The authorities are in the
     * order of their keys, at most {@value #MAX_AUTHORITIES}, and none is listed twice.
     */
    record TrustBundle(List<Authority> authorities) implements Payload {
        public static final int MAX_AUTHORITIES = 64;

        /** A key that may publish, and how far its word reaches. */
        public record Authority(RecordKey key, Limits limits) {}

        public TrustBundle {
            authorities =
                    authorities.stream().sorted(Comparator.comparing(Authority::key)).toList();
            if (authorities.size() > MAX_AUTHORITIES) {
                throw new IllegalArgumentException(
                        "a trust bundle lists at most %d authorities, not %d"
                                .formatted(MAX_AUTHORITIES, authorities.size()));
            }
            if (authorities.stream().map(Authority::key).distinct().count() < authorities.size()) {
                throw new IllegalArgumentException("a trust bundle lists an authority once");
            }
        }

        @Override
        public RecordType type() {
            return RecordType.TRUST_BUNDLE;
        }
    }

    /**
     * Which of an authority's records in a scope are alive, in slices: whatever it published there
     * up to this publication and no slice lists is dead.
     *
     * @param live hashes of (type, subject), {@value #HASH_SIZE} bytes each, at most {@value
     *     #MAX_LIVE} in a slice
     */
    record Roster(long publication, int slice, int slices, SortedSet<Bytes> live)
            implements Payload {
        public static final int HASH_SIZE = 16;
        public static final int MAX_LIVE = 500;

        public Roster {
            live = sorted(live);
            if (publication < 1) {
                throw new IllegalArgumentException("a publication counts from one");
            }
            if (slice < 0 || slice >= slices) {
                throw new IllegalArgumentException(
                        "slice %d of %d does not exist".formatted(slice, slices));
            }
            if (live.size() > MAX_LIVE) {
                throw new IllegalArgumentException(
                        "a slice of a roster lists at most %d records, not %d"
                                .formatted(MAX_LIVE, live.size()));
            }
            if (live.stream().anyMatch(hash -> hash.size() != HASH_SIZE)) {
                throw new IllegalArgumentException("a hash has " + HASH_SIZE + " bytes");
            }
        }

        @Override
        public RecordType type() {
            return RecordType.ROSTER;
        }
    }

    /**
     * What a service is reached by, and which pods answer for it. Whether a pod exists, and at what
     * address, is for its node to say.
     *
     * @param clusterIps at most one of each family; none for a headless service
     * @param affinitySeconds how long a client stays with the pod it was given; 0 is not at all
     */
    record ServiceSpec(
            String namespace,
            String name,
            List<IpAddress> clusterIps,
            SortedSet<Port> ports,
            int affinitySeconds,
            Distribution distribution,
            SortedSet<Pod> pods)
            implements Payload {
        public ServiceSpec {
            clusterIps = List.copyOf(clusterIps);
            ports = sorted(ports);
            pods = sorted(pods);
            if (affinitySeconds < 0) {
                throw new IllegalArgumentException("an affinity lasts 0 seconds or more");
            }
        }

        /** How connections are spread over pods. */
        public enum Distribution {
            /** To pods of the own node, else of its site, its zone, or anywhere. */
            NEAREST,
            /** To all pods alike. */
            EVEN;

            @Override
            public String toString() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }

        /**
         * A port of the service.
         *
         * @param protocol {@code TCP}, {@code UDP} or {@code SCTP}
         * @param nodePort 0 when nodes do not listen for it
         */
        public record Port(String name, String protocol, int port, int targetPort, int nodePort)
                implements Comparable<Port> {
            private static final Comparator<Port> ORDER =
                    Comparator.comparingInt(Port::port)
                            .thenComparing(Port::protocol)
                            .thenComparing(Port::name)
                            .thenComparingInt(Port::targetPort)
                            .thenComparingInt(Port::nodePort);

            @Override
            public int compareTo(Port other) {
                return ORDER.compare(this, other);
            }
        }

        /** A pod that belongs to the service, by the node that runs it and its name there. */
        public record Pod(Subject node, String name) implements Comparable<Pod> {
            @Override
            public int compareTo(Pod other) {
                int byNode = node.compareTo(other.node);
                return byNode != 0 ? byNode : name.compareTo(other.name);
            }
        }

        @Override
        public RecordType type() {
            return RecordType.SERVICE_SPEC;
        }
    }

    private static <T> SortedSet<T> sorted(Collection<T> values) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(values));
    }
}
