// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordType;
import io.selvedge.wire.proto.AuthorityProto;
import io.selvedge.wire.proto.CidrProto;
import io.selvedge.wire.proto.ConnectorProto;
import io.selvedge.wire.proto.EndpointProto;
import io.selvedge.wire.proto.EverythingProto;
import io.selvedge.wire.proto.FabricSettingsProto;
import io.selvedge.wire.proto.HeaderProto;
import io.selvedge.wire.proto.NodeGrantProto;
import io.selvedge.wire.proto.ObservationProto;
import io.selvedge.wire.proto.RecordBodyProto;
import io.selvedge.wire.proto.RosterProto;
import io.selvedge.wire.proto.SignedRecordProto;
import io.selvedge.wire.proto.TrustBundleProto;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedRecordTest {
    private static final Random KEYS = new Random(7);
    private static final ByteString V4 = address(10, 99, 2, 2);

    static Stream<Arguments> headers() {
        return Stream.of(
                Arguments.of("header.type", header().setType(0)),
                Arguments.of("header.type", header().setType(-1)),
                Arguments.of("header.subject", header().setSubject("edge1")),
                Arguments.of("header.subject", header().setSubject("beijing/" + "x".repeat(400))),
                Arguments.of("header.writer", header().setWriter(V4)),
                Arguments.of("header.scope", header().setScope("")),
                Arguments.of("header.scope", header().setScope("site")),
                Arguments.of("header.scope", header().setScope("site:")),
                Arguments.of("header.scope", header().setScope("fabric:x")),
                Arguments.of("header.scope", header().setScope("node:edge1")),
                Arguments.of("header.epoch", header().setEpoch(-1)),
                Arguments.of("header.sequence", header().setSequence(-1)),
                Arguments.of("header.publication", header().setPublication(-1)));
    }

    static Stream<Arguments> payloads() {
        var mapped = address(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 10, 99, 2, 2);
        var nine = Collections.nCopies(9, V4);
        var twice = ConnectorProto.newBuilder().setSubject("beijing/c1").build();
        return Stream.of(
                Arguments.of(4, "endpoint.port", EndpointProto.newBuilder().setPort(65_536)),
                Arguments.of(4, "endpoint.port", EndpointProto.newBuilder().setPort(-1)),
                Arguments.of(4, "endpoint.addresses", endpoint().addAllAddresses(nine)),
                Arguments.of(4, "endpoint.addresses", endpoint().addAddresses(mapped)),
                Arguments.of(4, "endpoint.addresses", endpoint().addAddresses(ByteString.EMPTY)),
                Arguments.of(4, "endpoint.incarnation", endpoint().setIncarnation(-1)),
                Arguments.of(5, "observation.address", ObservationProto.newBuilder().setPort(1)),
                Arguments.of(5, "observation.port", ObservationProto.newBuilder().setAddress(V4)),
                Arguments.of(1, "settings.cluster", settings().setCluster("")),
                Arguments.of(1, "settings.mtu", settings().setMtu(575)),
                Arguments.of(1, "settings.fabric_cidr", settings().setFabricCidr(cidr(V4, 33))),
                Arguments.of(1, "settings.fabric_cidr", settings().setFabricCidr(cidr(V4, 16))),
                Arguments.of(
                        1,
                        "settings.connectors",
                        settings().addConnectors(twice).addConnectors(twice)),
                Arguments.of(
                        2,
                        "grant.record_key",
                        NodeGrantProto.newBuilder().setName("edge1").setFabricAddress(V4)));
    }

    static Stream<Arguments> trust() {
        var key = ByteString.copyFrom(new byte[32]);
        var all = EverythingProto.getDefaultInstance();
        var one = AuthorityProto.newBuilder().setKey(key).setEverything(all).build();
        var many = Stream.generate(() -> key(one)).limit(65).toList();
        var hash = ByteString.copyFrom(new byte[16]);
        return Stream.of(
                Arguments.of(7, "trust.authorities", bundle(one, one)),
                Arguments.of(
                        7,
                        "trust.authorities",
                        TrustBundleProto.newBuilder().addAllAuthorities(many)),
                Arguments.of(
                        7, "trust.authorities.key", bundle(one.toBuilder().setKey(hash).build())),
                Arguments.of(
                        7,
                        "trust.authorities.limits",
                        bundle(one.toBuilder().clearEverything().build())),
                Arguments.of(8, "roster.publication", roster().setPublication(0)),
                Arguments.of(8, "roster.publication", roster().setPublication(-1)),
                Arguments.of(8, "roster.slices", roster().setSlices(0)),
                Arguments.of(8, "roster.slice", roster().setSlice(2)),
                Arguments.of(8, "roster.live", roster().addLive(key)),
                Arguments.of(8, "roster.live", roster().addAllLive(hashes(501))),
                Arguments.of(
                        2,
                        "grant.possession",
                        NodeGrantProto.newBuilder()
                                .setName("edge1")
                                .setFabricAddress(V4)
                                .setRecordKey(ByteString.copyFrom(new byte[32]))
                                .setIkeKey(ByteString.copyFrom(new byte[91]))
                                .setPossession(ByteString.copyFrom(new byte[257]))),
                Arguments.of(
                        2,
                        "grant.backbone",
                        NodeGrantProto.newBuilder()
                                .setName("edge1")
                                .setFabricAddress(V4)
                                .addBackbone("edge2")));
    }

    private static AuthorityProto key(AuthorityProto authority) {
        byte[] key = new byte[32];
        KEYS.nextBytes(key);
        return authority.toBuilder().setKey(ByteString.copyFrom(key)).build();
    }

    private static List<ByteString> hashes(int count) {
        var hashes = new ArrayList<ByteString>();
        for (int i = 0; i < count; i++) {
            hashes.add(ByteString.copyFrom(ByteBuffer.allocate(16).putInt(i).array()));
        }
        return hashes;
    }

    private static TrustBundleProto.Builder bundle(AuthorityProto... authorities) {
        return TrustBundleProto.newBuilder().addAllAuthorities(List.of(authorities));
    }

    private static RosterProto.Builder roster() {
        return RosterProto.newBuilder().setPublication(1).setSlice(1).setSlices(2);
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aHeadOutOfRangeIsRefused(String field, HeaderProto.Builder header) {
        var body = RecordBodyProto.newBuilder().setHeader(header).build().toByteString();

        assertThat(refusal(signed(body)).field()).isEqualTo(field);
    }

    @ParameterizedTest
    @MethodSource({"payloads", "trust"})
    void aPayloadOutOfRangeIsRefused(int type, String field, MessageLite.Builder payload) {
        var bytes = Bytes.of(payload.build().toByteArray());

        var refusal =
                catchThrowableOfType(
                        MalformedRecord.class,
                        () -> RecordCodec.payload(new RecordType(type), bytes));

        assertThat(refusal.field()).isEqualTo(field);
    }

    @Test
    void anOversizedRecordIsRefused() {
        var refusal = refusal(Bytes.of(new byte[RecordCodec.RECORD_SIZE_MAX + 1]));

        assertThat(refusal).hasMessage("record: has 16385 bytes; at most 16384");
    }

    @Test
    void aRecordWithoutSignatureIsRefused() {
        assertThat(refusal(Bytes.EMPTY).field()).isEqualTo("signature");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0a05", "0a020102", "1a021a00", "12030a01ff"})
    void gossipThatIsNoneIsRefused(String hex) {
        var refusal =
                catchThrowableOfType(
                        MalformedRecord.class, () -> GossipCodec.decode(Bytes.ofHex(hex)));

        // "1a021a00" is a push with an unknown field and no record: that is well-formed.
        assertThat(refusal == null).isEqualTo("1a021a00".equals(hex));
    }

    @Test
    void unknownTypesAndFieldsTravelOnUntouched() throws MalformedRecord {
        var unknownField = ByteString.fromHex("ba0603616263");
        var body =
                RecordBodyProto.newBuilder()
                        .setHeader(header().setType(99))
                        .setPayload(ByteString.copyFromUtf8("of tomorrow"))
                        .build()
                        .toByteString()
                        .concat(unknownField);

        var parts = RecordCodec.parse(signed(body));

        assertThat(parts.body().toArray()).isEqualTo(body.toByteArray());
        assertThat(RecordCodec.payload(parts.header().type(), parts.payload())).isNull();
        assertThat(RecordCodec.record(parts.body(), parts.signature())).isEqualTo(signed(body));
    }

    private static MalformedRecord refusal(Bytes record) {
        return catchThrowableOfType(MalformedRecord.class, () -> RecordCodec.parse(record));
    }

    private static Bytes signed(ByteString body) {
        return Bytes.of(
                SignedRecordProto.newBuilder()
                        .setBody(body)
                        .setSignature(ByteString.copyFrom(new byte[64]))
                        .build()
                        .toByteArray());
    }

    private static HeaderProto.Builder header() {
        return HeaderProto.newBuilder()
                .setType(4)
                .setSubject("beijing/edge1")
                .setWriter(ByteString.copyFrom(new byte[32]))
                .setScope("fabric");
    }

    private static EndpointProto.Builder endpoint() {
        return EndpointProto.newBuilder().setPort(500);
    }

    private static FabricSettingsProto.Builder settings() {
        return FabricSettingsProto.newBuilder()
                .setCluster("beijing")
                .setFabricCidr(cidr(V4, 32))
                .setMtu(1400);
    }

    private static CidrProto cidr(ByteString address, int length) {
        return CidrProto.newBuilder().setAddress(address).setLength(length).build();
    }

    private static ByteString address(int... bytes) {
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = (byte) bytes[i];
        }
        return ByteString.copyFrom(address);
    }
}
