// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Subject;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import java.time.Instant;

/**
 * Lets in datagrams that a believed node sent, from its own fabric address and with its own key. A
 * stranger's costs a look at who claims to have sent it, and no signature; nor does that of a node
 * that floods.
 */
final class Doorkeeper {
    private final Verifier verifier;
    private final SenderRates rates;

    Doorkeeper(Verifier verifier, GossipSettings settings) {
        this.verifier = verifier;
        this.rates = SenderRates.of(settings);
    }

    sealed interface Answer {}

    /** A message proven to come from a node. */
    record Admitted(Subject from, GossipMessage message) implements Answer {}

    record TurnedAway(Refusal cause, String why) implements Answer {}

    Answer admit(View view, IpAddress address, Bytes bytes, Instant now) {
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
            if (!rates.take(from, bytes.size(), now)) {
                return new TurnedAway(Refusal.RATE, "its sender sends too much");
            }
            return datagram.isAuthentic(verifier)
                    ? new Admitted(from, datagram.message())
                    : new TurnedAway(Refusal.BAD_SIGNATURE, "its signature does not hold");
        } catch (MalformedRecord malformed) {
            return new TurnedAway(Refusal.MALFORMED, String.valueOf(malformed.getMessage()));
        }
    }
}
