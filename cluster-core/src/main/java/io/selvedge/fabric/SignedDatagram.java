// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message of gossip in its envelope, signed by the node that sends it. Reading goes in steps, so
 * that a stranger's datagram costs nothing: {@link #parse}, look at {@link #sender}, {@link
 * #isAuthentic}, and only then {@link #message}.
 *
 * <p>A datagram may be replayed: whatever gossip says is safe to hear twice, and late.
 */
public final class SignedDatagram {
    /** What the envelope adds to an encoded message, in bytes, at most. */
    public static final int OVERHEAD = 32 + 64 + 12;

    /** Keeps a signature over a datagram from being one over a record. */
    private static final byte[] CONTEXT =
            "selvedge datagram 1\0".getBytes(StandardCharsets.US_ASCII);

    private final GossipCodec.Datagram parts;

    private SignedDatagram(GossipCodec.Datagram parts) {
        this.parts = parts;
    }

    /** The bytes to send. */
    public static Bytes seal(Signer sender, GossipMessage message) {
        var body = GossipCodec.encode(message);
        var signature = sender.sign(signed(sender.key(), body));
        return GossipCodec.encode(new GossipCodec.Datagram(sender.key(), signature, body));
    }

    public static SignedDatagram parse(Bytes datagram) throws MalformedRecord {
        return new SignedDatagram(GossipCodec.decodeDatagram(datagram));
    }

    public RecordKey sender() {
        return parts.sender();
    }

    public boolean isAuthentic(Verifier verifier) {
        return verifier.verify(sender(), signed(sender(), parts.body()), parts.signature());
    }

    public GossipMessage message() throws MalformedRecord {
        return GossipCodec.decode(parts.body());
    }

    private static Bytes signed(RecordKey sender, Bytes body) {
        var bytes = ByteBuffer.allocate(CONTEXT.length + 32 + body.size());
        bytes.put(CONTEXT).put(sender.bytes().toArray()).put(body.toArray());
        return Bytes.of(bytes.array());
    }
}
