// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.plan;

import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import io.selvedge.model.IpAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What Selvedge keeps loaded in the IKE daemon. Security associations are not among it. */
public sealed interface IpsecResource extends Resource {

    /** The private half of the node's own IKE key, named by its public half. */
    record OwnKey(IkeKey publicKey) implements IpsecResource {
        @Override
        public String key() {
            return "key " + digest(publicKey);
        }
    }

    /**
     * How to speak IKE with one peer, with one child. Its name hashes all of it, so a changed
     * connection is another connection: added beside the old one, which goes when the new stands.
     *
     * @param localId the IKE identity (FQDN) of this node: its name
     * @param remoteAddresses where to initiate to, in order; empty: the peer comes to us, from
     *     anywhere
     * @param initiator whether this end initiates, and restarts what ends
     * @param localSelectors each must hold an address of this node (userspace ESP)
     * @param name in the IKE daemon: the peer's, a hash of both keys, and one of everything
     */
    record Connection(
            String localId,
            IkeKey localKey,
            String remoteId,
            IkeKey remoteKey,
            List<IpAddress> remoteAddresses,
            int remotePort,
            boolean initiator,
            SortedSet<Cidr> localSelectors,
            SortedSet<Cidr> remoteSelectors,
            String name)
            implements IpsecResource {
        public Connection {
            remoteAddresses = List.copyOf(remoteAddresses);
            localSelectors = Collections.unmodifiableSortedSet(new TreeSet<>(localSelectors));
            remoteSelectors = Collections.unmodifiableSortedSet(new TreeSet<>(remoteSelectors));
        }

        /** A connection named by what it says. */
        public Connection(
                String localId,
                IkeKey localKey,
                String remoteId,
                IkeKey remoteKey,
                List<IpAddress> remoteAddresses,
                int remotePort,
                boolean initiator,
                SortedSet<Cidr> localSelectors,
                SortedSet<Cidr> remoteSelectors) {
            this(
                    localId,
                    localKey,
                    remoteId,
                    remoteKey,
                    remoteAddresses,
                    remotePort,
                    initiator,
                    localSelectors,
                    remoteSelectors,
                    remoteId
                            + "-"
                            + digest(localKey, remoteKey).substring(0, 8)
                            + digest(
                                    localId,
                                    localKey,
                                    remoteId,
                                    remoteKey,
                                    remoteAddresses,
                                    remotePort,
                                    initiator,
                                    localSelectors,
                                    remoteSelectors));
        }

        @Override
        public String key() {
            return "connection " + name();
        }

        /** The name of its only child: a hash of the traffic selectors. */
        public String child() {
            return childName(localSelectors, remoteSelectors);
        }
    }

    /** The name of the child with these selectors, on the node whose local ones come first. */
    static String childName(SortedSet<Cidr> localSelectors, SortedSet<Cidr> remoteSelectors) {
        return "net-" + digest(localSelectors, remoteSelectors);
    }

    /** The first 8 bytes, in hex, of the SHA-256 of the parts' texts, each ended by a newline. */
    private static String digest(Object... parts) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (Object part : parts) {
                sha.update((part + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
