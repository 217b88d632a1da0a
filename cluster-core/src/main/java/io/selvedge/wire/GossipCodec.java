// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Version;
import io.selvedge.wire.proto.AgreedProto;
import io.selvedge.wire.proto.BucketsProto;
import io.selvedge.wire.proto.DatagramProto;
import io.selvedge.wire.proto.DigestsProto;
import io.selvedge.wire.proto.GossipProto;
import io.selvedge.wire.proto.HeldProto;
import io.selvedge.wire.proto.InterestsProto;
import io.selvedge.wire.proto.ListingProto;
import io.selvedge.wire.proto.PullProto;
import io.selvedge.wire.proto.PushProto;
import io.selvedge.wire.proto.ScopeDigestProto;
import io.selvedge.wire.proto.SummaryProto;
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
        return GossipSize.of(message);
    }

    public static GossipMessage decode(Bytes bytes) throws MalformedRecord {
        try {
            var proto = GossipProto.parseFrom(bytes.toArray());
            return switch (proto.getMessageCase()) {
                case SUMMARY -> summary(proto.getSummary());
                case AGREED ->
                        new GossipMessage.Agreed(
                                hash("agreed.digest", proto.getAgreed().getDigest()));
                case INTERESTS -> interests(proto.getInterests());
                case BUCKETS -> buckets(proto.getBuckets());
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
            case GossipMessage.Summary summary -> proto.setSummary(summary(summary)).build();
            case GossipMessage.Agreed(var digest) ->
                    proto.setAgreed(AgreedProto.newBuilder().setDigest(Fields.string(digest)))
                            .build();
            case GossipMessage.Interests interests ->
                    proto.setInterests(interests(interests)).build();
            case GossipMessage.Buckets buckets -> proto.setBuckets(buckets(buckets)).build();
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

    private static SummaryProto summary(GossipMessage.Summary summary) {
        return SummaryProto.newBuilder()
                .setInterests(Fields.string(summary.interests()))
                .setKnown(Fields.string(summary.known()))
                .setDigest(Fields.string(summary.digest()))
                .build();
    }

    private static GossipMessage summary(SummaryProto proto) throws MalformedRecord {
        var known = bound("summary.known", proto.getKnown(), GossipMessage.SHORT_SIZE);
        return new GossipMessage.Summary(
                Fields.bytes("summary.interests", proto.getInterests(), GossipMessage.SHORT_SIZE),
                known == null ? Bytes.EMPTY : known,
                hash("summary.digest", proto.getDigest()));
    }

    private static InterestsProto interests(GossipMessage.Interests interests) {
        return InterestsProto.newBuilder()
                .setAll(interests.all())
                .setWhole(Fields.string(interests.whole()))
                .setAfter(bound(interests.after()))
                .setUpTo(bound(interests.upTo()))
                .setHashes(Fields.string(interests.hashes()))
                .build();
    }

    private static GossipMessage interests(InterestsProto proto) throws MalformedRecord {
        return new GossipMessage.Interests(
                proto.getAll(),
                Fields.bytes("interests.whole", proto.getWhole(), GossipMessage.SHORT_SIZE),
                bound("interests.after", proto.getAfter(), GossipMessage.SHORT_SIZE),
                bound("interests.up_to", proto.getUpTo(), GossipMessage.SHORT_SIZE),
                packed("interests.hashes", proto.getHashes()));
    }

    private static BucketsProto buckets(GossipMessage.Buckets buckets) {
        var scope = buckets.scope();
        return BucketsProto.newBuilder()
                .setScope(scope == null ? "" : scope.toString())
                .setBits(buckets.bits())
                .setFirst(buckets.first())
                .setDigests(Fields.string(buckets.digests()))
                .build();
    }

    private static GossipMessage buckets(BucketsProto proto) throws MalformedRecord {
        int bits =
                Fields.number("buckets.bits", proto.getBits(), 0, GossipMessage.Buckets.BITS_MAX);
        var digests = packed("buckets.digests", proto.getDigests());
        int last = (1 << bits) - digests.size() / GossipMessage.SHORT_SIZE;
        return new GossipMessage.Buckets(
                proto.getScope().isEmpty() ? null : Fields.scope("buckets.scope", proto.getScope()),
                bits,
                Fields.number("buckets.first", proto.getFirst(), 0, last),
                digests);
    }

    private static DigestsProto digests(GossipMessage.Digests digests) {
        var proto =
                DigestsProto.newBuilder()
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
                bound("digests.after", proto.getAfter(), GossipMessage.SHORT_SIZE),
                bound("digests.up_to", proto.getUpTo(), GossipMessage.SHORT_SIZE),
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
                bound("listing.after", proto.getAfter(), GossipMessage.HASH_SIZE),
                bound("listing.up_to", proto.getUpTo(), GossipMessage.HASH_SIZE),
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

    private static Bytes packed(String field, ByteString value) throws MalformedRecord {
        if (value.size() % GossipMessage.SHORT_SIZE != 0) {
            throw new MalformedRecord(field, "has %d bytes".formatted(value.size()));
        }
        return Fields.bytes(value);
    }

    private static ByteString bound(@Nullable Bytes hash) {
        return hash == null ? ByteString.EMPTY : Fields.string(hash);
    }

    private static @Nullable Bytes bound(String field, ByteString value, int size)
            throws MalformedRecord {
        return value.isEmpty() ? null : Fields.bytes(field, value, size);
    }
}
