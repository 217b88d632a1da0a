// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.Payload;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Version;
import io.selvedge.wire.proto.HeaderProto;
import io.selvedge.wire.proto.RecordBodyProto;
import io.selvedge.wire.proto.SignedRecordProto;
import org.jspecify.annotations.Nullable;

/**
 * Records to bytes and back. Reading looks at size, head and shape; it proves no signature. What
 * this version does not know (a field of the body, a type) stays in the body's bytes, which travel
 * on as they came; only fields beside the body, which no signature covers, are left behind.
 */
public final class RecordCodec {
    /** No record is larger, with its signature and framing. */
    public static final int RECORD_SIZE_MAX = 16 * 1024;

    /** An Ed25519 signature (RFC 8032). */
    public static final int SIGNATURE_SIZE = 64;

    private RecordCodec() {}

    /**
     * A record taken apart.
     *
     * @param body what the signature covers, exactly as it arrived
     */
    public record Parts(Header header, Bytes payload, Bytes body, Bytes signature) {}

    /** The bytes to be signed. */
    public static Bytes body(Header header, Bytes payload) {
        var head =
                HeaderProto.newBuilder()
                        .setType(header.type().number())
                        .setSubject(header.subject().toString())
                        .setWriter(Fields.string(header.writer().bytes()))
                        .setScope(header.scope().toString())
                        .setEpoch(header.version().epoch())
                        .setSequence(header.version().sequence())
                        .setPublication(header.publication());
        var body = RecordBodyProto.newBuilder().setHeader(head).setPayload(Fields.string(payload));
        return Bytes.of(body.build().toByteArray());
    }

    /** The bytes that travel and rest. */
    public static Bytes record(Bytes body, Bytes signature) {
        return Bytes.of(
                SignedRecordProto.newBuilder()
                        .setBody(Fields.string(body))
                        .setSignature(Fields.string(signature))
                        .build()
                        .toByteArray());
    }

    public static Parts parse(Bytes record) throws MalformedRecord {
        if (record.size() > RECORD_SIZE_MAX) {
            throw new MalformedRecord(
                    "record", "has %d bytes; at most %d".formatted(record.size(), RECORD_SIZE_MAX));
        }
        try {
            var signed = SignedRecordProto.parseFrom(record.toArray());
            var signature = Fields.bytes("signature", signed.getSignature(), SIGNATURE_SIZE);
            var body = RecordBodyProto.parseFrom(signed.getBody());
            return new Parts(
                    header(body.getHeader()),
                    Fields.bytes(body.getPayload()),
                    Fields.bytes(signed.getBody()),
                    signature);
        } catch (InvalidProtocolBufferException notProtobuf) {
            throw new MalformedRecord("record", String.valueOf(notProtobuf.getMessage()));
        }
    }

    public static Bytes payload(Payload payload) {
        return PayloadCodec.encode(payload);
    }

    /** What a record says; null when this version does not know the type. */
    public static @Nullable Payload payload(RecordType type, Bytes payload) throws MalformedRecord {
        try {
            return PayloadCodec.decode(type, payload.toArray());
        } catch (InvalidProtocolBufferException notProtobuf) {
            throw new MalformedRecord("payload", String.valueOf(notProtobuf.getMessage()));
        }
    }

    private static Header header(HeaderProto header) throws MalformedRecord {
        int type = Fields.number("header.type", header.getType(), 1, Integer.MAX_VALUE);
        var writer = Fields.bytes("header.writer", header.getWriter(), 32);
        return new Header(
                new RecordType(type),
                Fields.subject("header.subject", header.getSubject()),
                new RecordKey(writer),
                Fields.scope("header.scope", header.getScope()),
                new Version(
                        Fields.count("header.epoch", header.getEpoch()),
                        Fields.count("header.sequence", header.getSequence())),
                Fields.count("header.publication", header.getPublication()));
    }
}
