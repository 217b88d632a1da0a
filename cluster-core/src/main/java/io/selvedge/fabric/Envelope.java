// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.MalformedRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message between nodes in its envelope: who sends it, and a signature that holds for one kind of
 * message alone. Reading goes in steps, so that a stranger's costs nothing: {@link #parse}, look at
 * {@link #sender}, {@link #isAuthentic}, and only then the {@link #body}.
 */
public final class Envelope {
    /** What it adds to a message, in bytes, at most. */
    public static final int OVERHEAD = 32 + 64 + 12;

    private final Kind kind;
    private final GossipCodec.Datagram parts;

    /** What is in an envelope; a signature over one kind is none over another, or over a record. */
    public enum Kind {
        GOSSIP("selvedge datagram 1\0"),
        REPORTS("selvedge reports 1\0");

        private final String context;

        Kind(String context) {
            this.context = context;
        }
    }

    private Envelope(Kind kind, GossipCodec.Datagram parts) {
        this.kind = kind;
        this.parts = parts;
    }

    /** The bytes to send. */
    public static Bytes seal(Kind kind, Signer sender, Bytes body) {
        var signature = sender.sign(signed(kind, sender.key(), body));
        return GossipCodec.encode(new GossipCodec.Datagram(sender.key(), signature, body));
    }

    public static Envelope parse(Kind kind, Bytes datagram) throws MalformedRecord {
        return new Envelope(kind, GossipCodec.decodeDatagram(datagram));
    }

    public RecordKey sender() {
        return parts.sender();
    }

    public Bytes body() {
        return parts.body();
    }

    public boolean isAuthentic(Verifier verifier) {
        return verifier.verify(sender(), signed(kind, sender(), body()), parts.signature());
    }

    private static Bytes signed(Kind kind, RecordKey sender, Bytes body) {
        byte[] context = kind.context.getBytes(StandardCharsets.US_ASCII);
        var bytes = ByteBuffer.allocate(context.length + 32 + body.size());
        bytes.put(context).put(sender.bytes().toArray()).put(body.toArray());
        return Bytes.of(bytes.array());
    }
}
