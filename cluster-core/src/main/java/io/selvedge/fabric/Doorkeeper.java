// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;

/**
 * Lets in datagrams that a believed node sent, from its own fabric address and with its own key. A
 * stranger's costs a look at who claims to have sent it, and no signature.
 */
final class Doorkeeper {
    private final Verifier verifier;

    Doorkeeper(Verifier verifier) {
        this.verifier = verifier;
    }

    sealed interface Answer {}

    /** A message proven to come from a node. */
    record Admitted(Subject from, GossipMessage message) implements Answer {}

    record TurnedAway(Refusal cause, String why) implements Answer {}

    Answer admit(View view, IpAddress address, Bytes bytes) {
        var from = view.nodeAt(address);
        var grant = from == null ? null : view.grant(from);
        if (from == null || grant == null) {
            return new TurnedAway(Refusal.NOT_A_NODE, "no node has this address");
        }
        try {
            var datagram = SignedDatagram.parse(bytes);
            if (!grant.says().recordKey().equals(datagram.sender())) {
                return new TurnedAway(Refusal.WRONG_KEY, "not signed with the key of its grant");
            }
            return datagram.isAuthentic(verifier)
                    ? new Admitted(from, datagram.message())
                    : new TurnedAway(Refusal.BAD_SIGNATURE, "its signature does not hold");
        } catch (MalformedRecord malformed) {
            return new TurnedAway(Refusal.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }
}
