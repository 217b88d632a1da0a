// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;

/**
 * A message of gossip in its {@link Envelope}, signed by the node that sends it.
 *
 * <p>A datagram may be replayed: whatever gossip says is safe to hear twice, and late.
 */
public final class SignedDatagram {
    /** What the envelope adds to an encoded message, in bytes, at most. */
    public static final int OVERHEAD = Envelope.OVERHEAD;

    private final Envelope envelope;

    private SignedDatagram(Envelope envelope) {
        this.envelope = envelope;
    }

    /** The bytes to send. */
    public static Bytes seal(Signer sender, GossipMessage message) {
        return Envelope.seal(Envelope.Kind.GOSSIP, sender, GossipCodec.encode(message));
    }

    public static SignedDatagram parse(Bytes datagram) throws MalformedRecord {
        return new SignedDatagram(Envelope.parse(Envelope.Kind.GOSSIP, datagram));
    }

    public RecordKey sender() {
        return envelope.sender();
    }

    public boolean isAuthentic(Verifier verifier) {
        return envelope.isAuthentic(verifier);
    }

    public GossipMessage message() throws MalformedRecord {
        return GossipCodec.decode(envelope.body());
    }
}
