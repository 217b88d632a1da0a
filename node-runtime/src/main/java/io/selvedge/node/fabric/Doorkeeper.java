// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import io.selvedge.fabric.RecordVerifier;
import io.selvedge.fabric.SignedDatagram;
import io.selvedge.fabric.View;
import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets in datagrams that a believed node sent, from its own fabric address and with its own key. A
 * stranger's costs a look at who claims to have sent it, and no signature.
 */
final class Doorkeeper {
    private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

    private final RecordVerifier verifier;

    Doorkeeper(RecordVerifier verifier) {
        this.verifier = verifier;
    }

    /** A message proven to come from a node. */
    record Admitted(Subject from, GossipMessage message) {}

    @Nullable Admitted admit(View view, IpAddress address, Bytes bytes) {
        var from = nodeAt(view, address);
        var grant = from == null ? null : view.grant(from);
        if (from == null || grant == null) {
            return refuse(address, "no node has this address");
        }
        try {
            var datagram = SignedDatagram.parse(bytes);
            if (!grant.says().recordKey().equals(datagram.sender())) {
                return refuse(address, "not signed with the key of its grant");
            }
            return datagram.isAuthentic(verifier)
                    ? new Admitted(from, datagram.message())
                    : refuse(address, "its signature does not hold");
        } catch (MalformedRecord malformed) {
            return refuse(address, String.valueOf(malformed.getMessage()));
        }
    }

    private static @Nullable Subject nodeAt(View view, IpAddress address) {
        for (var grant : view.grants().entrySet()) {
            if (grant.getValue().says().fabricAddress().equals(address)) {
                return grant.getKey();
            }
        }
        return null;
    }

    private static @Nullable Admitted refuse(IpAddress from, String why) {
        LOG.atDebug().addKeyValue("from", from).log("datagram refused: {}", why);
        return null;
    }
}
