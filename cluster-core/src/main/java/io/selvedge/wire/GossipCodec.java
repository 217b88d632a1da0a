// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Scope;
import io.selvedge.model.Version;
import io.selvedge.wire.proto.DatagramProto;
import io.selvedge.wire.proto.DigestsProto;
import io.selvedge.wire.proto.GossipProto;
import io.selvedge.wire.proto.HeldProto;
import io.selvedge.wire.proto.ListingProto;
import io.selvedge.wire.proto.PullProto;
import io.selvedge.wire.proto.PushProto;
import io.selvedge.wire.proto.ScopeDigestProto;
import org.jspecify.annotations.Nullable;

/** Gossip and its datagrams to bytes and back. The records in a push stay bytes. */
public final class GossipCodec {
    private GossipCodec() {}

    /** A datagram taken apart; nothing about it is proven yet. */
    public record Datagram(RecordKey sender, Bytes signature, Bytes body) {}

    public static Bytes encode(GossipMessage message) {
        return Bytes.of(proto(message).toByteArray());
    }

    /** The size of {@link #encode}'s answer in bytes, without making it. */
    public static int size(GossipMessage message) {
        return proto(message).getSerializedSize();
    }

    public static GossipMessage decode(Bytes bytes) throws MalformedRecord {
        try {
            var proto = GossipProto.parseFrom(bytes.toArray());
            return switch (proto.getMessageCase()) {
                case DIGESTS -> digests(proto.getDigests());
                case LISTING -> listing(proto.getListing());
                case PUSH ->
                        new GossipMessage.Push(
                                proto.getPush().getRecordsList().stream()
                                        .map(Fields::bytes)
                                        .toList());
                case PULL -> pull(proto.getPull());
                case MESSAGE_NOT_SET ->
                        throw new MalformedRecord("gossip", "says nothing that is known here");
            };
        } catch (InvalidProtocolBufferException notProtobuf) {
            throw new MalformedRecord("gossip", String.valueOf(notProtobuf.getMessage()));
        }
    }

    public static Bytes encode(Datagram datagram) {
        return Bytes.of(
                DatagramProto.newBuilder()
                        .setSender(Fields.string(datagram.sender().bytes()))
                        .setSignature(Fields.string(datagram.signature()))
                        .setBody(Fields.string(datagram.body()))
                        .build()
                        .toByteArray());
    }

    public static Datagram decodeDatagram(Bytes bytes) throws MalformedRecord {
        try {
            var proto = DatagramProto.parseFrom(bytes.toArray());
            return new Datagram(
                    new RecordKey(Fields.bytes("datagram.sender", proto.getSender(), 32)),
                    Fields.bytes(
                            "datagram.signature", proto.getSignature(), RecordCodec.SIGNATURE_SIZE),
                    Fields.bytes(proto.getBody()));
        } catch (InvalidProtocolBufferException notProtobuf) {
            throw new MalformedRecord("datagram", String.valueOf(notProtobuf.getMessage()));
        }
    }

    private static GossipProto proto(GossipMessage message) {
        var proto = GossipProto.newBuilder();
        return switch (message) {
            case GossipMessage.Digests digests -> proto.setDigests(digests(digests)).build();
            case GossipMessage.Listing listing -> proto.setListing(listing(listing)).build();
            case GossipMessage.Push(var records) ->
                    proto.setPush(
                                    PushProto.newBuilder()
                                            .addAllRecords(
                                                    records.stream().map(Fields::string).toList()))
                            .build();
            case GossipMessage.Pull(var scope, var slots) ->
                    proto.setPull(
                                    PullProto.newBuilder()
                                            .setScope(scope.toString())
                                            .addAllSlots(
                                                    slots.stream().map(Fields::string).toList()))
                            .build();
        };
    }

    private static DigestsProto digests(GossipMessage.Digests digests) {
        var proto =
                DigestsProto.newBuilder()
                        .setAll(digests.all())
                        .setUnheard(digests.unheard())
                        .setAfter(bound(digests.after()))
                        .setUpTo(bound(digests.upTo()));
        for (var each : digests.scopes()) {
            proto.addScopes(
                    ScopeDigestProto.newBuilder()
                            .setScope(each.scope().toString())
                            .setDigest(Fields.string(each.digest())));
        }
        return proto.build();
    }

    private static GossipMessage digests(DigestsProto proto) throws MalformedRecord {
        return new GossipMessage.Digests(
                proto.getAll(),
                proto.getUnheard(),
                bound("digests.after", proto.getAfter()),
                bound("digests.up_to", proto.getUpTo()),
                Fields.list("digests.scopes", proto.getScopesList(), GossipCodec::scopeDigest));
    }

    private static GossipMessage.ScopeDigest scopeDigest(String field, ScopeDigestProto proto)
            throws MalformedRecord {
        return new GossipMessage.ScopeDigest(
                Fields.scope(field + ".scope", proto.getScope()),
                hash(field + ".digest", proto.getDigest()));
    }

    private static ListingProto listing(GossipMessage.Listing listing) {
        var proto =
                ListingProto.newBuilder()
                        .setScope(listing.scope().toString())
                        .setAfter(bound(listing.after()))
                        .setUpTo(bound(listing.upTo()));
        for (var held : listing.held()) {
            proto.addHeld(
                    HeldProto.newBuilder()
                            .setSlot(Fields.string(held.slot()))
                            .setEpoch(held.version().epoch())
                            .setSequence(held.version().sequence())
                            .setHash(Fields.string(held.hash())));
        }
        return proto.build();
    }

    private static GossipMessage listing(ListingProto proto) throws MalformedRecord {
        return new GossipMessage.Listing(
                Fields.scope("listing.scope", proto.getScope()),
                bound("listing.after", proto.getAfter()),
                bound("listing.up_to", proto.getUpTo()),
                Fields.list("listing.held", proto.getHeldList(), GossipCodec::held));
    }

    private static GossipMessage.Held held(String field, HeldProto proto) throws MalformedRecord {
        return new GossipMessage.Held(
                hash(field + ".slot", proto.getSlot()),
                new Version(
                        Fields.count(field + ".epoch", proto.getEpoch()),
                        Fields.count(field + ".sequence", proto.getSequence())),
                hash(field + ".hash", proto.getHash()));
    }

    private static GossipMessage pull(PullProto proto) throws MalformedRecord {
        return new GossipMessage.Pull(
                Fields.scope("pull.scope", proto.getScope()),
                Fields.list("pull.slots", proto.getSlotsList(), GossipCodec::hash));
    }

    private static Bytes hash(String field, ByteString value) throws MalformedRecord {
        return Fields.bytes(field, value, GossipMessage.HASH_SIZE);
    }

    private static String bound(@Nullable Scope scope) {
        return scope == null ? "" : scope.toString();
    }

    private static @Nullable Scope bound(String field, String value) throws MalformedRecord {
        return value.isEmpty() ? null : Fields.scope(field, value);
    }

    private static ByteString bound(@Nullable Bytes hash) {
        return hash == null ? ByteString.EMPTY : Fields.string(hash);
    }

    private static @Nullable Bytes bound(String field, ByteString value) throws MalformedRecord {
        return value.isEmpty() ? null : hash(field, value);
    }
}
