// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.Scope;
import io.selvedge.model.Slot;
import io.selvedge.model.Version;
import io.selvedge.wire.GossipMessage;
import io.selvedge.wire.MalformedRecord;
import io.selvedge.wire.RecordCodec;
import java.util.Optional;

/**
 * A record as its writer signed it. Immutable; not yet verified. Two are equal when their bodies
 * are: a signature vouches for a record and is no part of it.
 */
public final class SignedRecord {
    private final Header header;
    private final Bytes body;
    private final Bytes signature;
    private final Bytes hash;
    private final Bytes slotHash;

    SignedRecord(Header header, Bytes body, Bytes signature) {
        this.header = header;
        this.body = body;
        this.signature = signature;
        this.hash = Sha256.of(body);
        this.slotHash = Sha256.of(header.slot());
    }

    /** Reads what {@link #bytes} gave; verifies nothing. */
    public static SignedRecord parse(Bytes bytes) throws MalformedRecord {
        var parts = RecordCodec.parse(bytes);
        return new SignedRecord(parts.header(), parts.body(), parts.signature());
    }

    public Header header() {
        return header;
    }

    public Slot slot() {
        return header.slot();
    }

    public Scope scope() {
        return header.scope();
    }

    public Version version() {
        return header.version();
    }

    /** What the signature covers, exactly as it arrived. */
    public Bytes body() {
        return body;
    }

    public Bytes signature() {
        return signature;
    }

    /** The SHA-256 of the body: it tells records of one slot and version apart, and orders them. */
    public Bytes hash() {
        return hash;
    }

    /** The name of the slot in listings: {@value GossipMessage#HASH_SIZE} bytes of its SHA-256. */
    public Bytes slotHash() {
        return slotHash;
    }

    /** The bytes that travel and rest. */
    public Bytes bytes() {
        return RecordCodec.record(body, signature);
    }

    /** The length of {@link #bytes}, or a few bytes more. */
    public int size() {
        return body.size() + signature.size() + 6;
    }

    /**
     * Decodes what the record says; empty when this version does not know the type or finds the
     * payload malformed. Such a record is kept and passed on, and nobody here believes it.
     */
    public Optional<Statement> statement() {
        try {
            var payload = RecordCodec.payload(header.type(), RecordCodec.parse(bytes()).payload());
            return Optional.ofNullable(payload).map(said -> new Statement(header, said));
        } catch (MalformedRecord notBelieved) {
            return Optional.empty();
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedRecord that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return "%s of %s in %s, version %s by %.8s"
                .formatted(
                        header.type(),
                        header.subject(),
                        header.scope(),
                        header.version(),
                        header.writer());
    }
}
