// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.model.Cidr;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What Selvedge keeps in its own nftables table. */
public sealed interface FilterResource extends Resource {

    /**
     * The chains and rules, which change only with a version or a setting.
     *
     * @param tunnelDevices where decrypted packets come from and packets to encrypt go to
     * @param localDevices where own pods and own addresses live: own device, CNI bridge
     * @param controlPort UDP port of the gossip, between fabric addresses
     * @param gatewayPort UDP port of the reports, between fabric addresses
     * @param clusterPort TCP port of the Akka cluster, between fabric addresses
     * @param apiPort TCP port of the authority's API, between fabric addresses; 0 where none is
     *     open
     */
    record Skeleton(
            SortedSet<String> tunnelDevices,
            SortedSet<String> localDevices,
            int controlPort,
            int gatewayPort,
            int clusterPort,
            int apiPort)
            implements FilterResource {
        public Skeleton {
            tunnelDevices = Collections.unmodifiableSortedSet(new TreeSet<>(tunnelDevices));
            localDevices = Collections.unmodifiableSortedSet(new TreeSet<>(localDevices));
        }

        @Override
        public String key() {
            return "skeleton tunnel %s local %s control %d gateway %d cluster %d api %d"
                    .formatted(
                            String.join(",", tunnelDevices),
                            String.join(",", localDevices),
                            controlPort,
                            gatewayPort,
                            clusterPort,
                            apiPort);
        }
    }

    /** Packets from one prefix to another may flow. One direction; a pair of nodes has both. */
    record Pair(Cidr source, Cidr destination) implements FilterResource {
        @Override
        public String key() {
            return key(source.toString(), destination.toString());
        }

        /** The other direction. */
        Pair back() {
            return new Pair(/* source= */ destination, /* destination= */ source);
        }

        /** The key of a pair whose prefixes have these texts. */
        static String key(String source, String destination) {
            return "pair " + source + " " + destination;
        }
    }

    /** A pod CIDR of this very node. */
    record OwnPods(Cidr cidr) implements FilterResource {
        @Override
        public String key() {
            return "own " + cidr;
        }
    }

    /** A cluster CIDR: nothing to or from it passes but pairs, and never outside a tunnel. */
    record Cluster(Cidr cidr) implements FilterResource {
        @Override
        public String key() {
            return "cluster " + cidr;
        }
    }

    /** The prefix of the fabric addresses: control, cluster port and ICMP echo pass within it. */
    record Fabric(Cidr cidr) implements FilterResource {
        @Override
        public String key() {
            return "fabric " + cidr;
        }
    }

    /** A service CIDR: a packet to it that nothing translated is dropped. */
    record Services(Cidr cidr) implements FilterResource {
        @Override
        public String key() {
            return "services " + cidr;
        }
    }
}
