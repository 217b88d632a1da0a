// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.selvedge.model.Bytes;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Reported;
import io.selvedge.wire.proto.AckProto;
import io.selvedge.wire.proto.BatchProto;
import io.selvedge.wire.proto.HelloProto;
import io.selvedge.wire.proto.ReportMessageProto;
import io.selvedge.wire.proto.WelcomeProto;

/** The messages between nodes and gateways to bytes and back. */
public final class ReportMessageCodec {
    /** What a batch takes beside its reports, at most, and each report beside itself. */
    public static final int BATCH_OVERHEAD = 40;

    public static final int REPORT_OVERHEAD = 3;

    private ReportMessageCodec() {}

    public static Bytes encode(ReportMessage message) {
        return Bytes.of(proto(message).toByteArray());
    }

    public static ReportMessage decode(Bytes bytes) throws MalformedRecord {
        try {
            var proto = ReportMessageProto.parseFrom(bytes.toArray());
            return switch (proto.getMessageCase()) {
                case HELLO -> hello(proto.getHello());
                case BATCH -> batch(proto.getBatch());
                case WELCOME -> welcome(proto.getWelcome());
                case ACK -> ack(proto.getAck());
                case MESSAGE_NOT_SET ->
                        throw new MalformedRecord("report", "says nothing that is known here");
            };
        } catch (InvalidProtocolBufferException notProtobuf) {
            throw new MalformedRecord("report", String.valueOf(notProtobuf.getMessage()));
        }
    }

    private static ReportMessageProto proto(ReportMessage message) {
        var proto = ReportMessageProto.newBuilder();
        switch (message) {
            case ReportMessage.Hello(long nonce, long former) ->
                    proto.setHello(HelloProto.newBuilder().setNonce(nonce).setFormer(former));
            case ReportMessage.Batch(long epoch, long base, long first, var reports) -> {
                var batch = BatchProto.newBuilder().setEpoch(epoch).setBase(base).setFirst(first);
                reports.forEach(
                        report -> batch.addReports(Fields.string(ReportCodec.encode(report))));
                proto.setBatch(batch);
            }
            case ReportMessage.Welcome welcome ->
                    proto.setWelcome(
                            WelcomeProto.newBuilder()
                                    .setNode(Fields.string(welcome.node().bytes()))
                                    .setNonce(welcome.nonce())
                                    .setEpoch(welcome.epoch())
                                    .setFormerUpTo(welcome.formerUpTo())
                                    .setFirst(welcome.first())
                                    .setNow(ReportCodec.hlc(welcome.now())));
            case ReportMessage.Ack(var node, long epoch, long upTo, var now) ->
                    proto.setAck(
                            AckProto.newBuilder()
                                    .setNode(Fields.string(node.bytes()))
                                    .setEpoch(epoch)
                                    .setUpTo(upTo)
                                    .setNow(ReportCodec.hlc(now)));
        }
        return proto.build();
    }

    private static ReportMessage hello(HelloProto proto) throws MalformedRecord {
        return new ReportMessage.Hello(
                proto.getNonce(), Fields.count("hello.former", proto.getFormer()));
    }

    private static ReportMessage batch(BatchProto proto) throws MalformedRecord {
        var reports =
                Fields.list("batch.reports", proto.getReportsList(), ReportMessageCodec::reported);
        return Fields.checked(
                "batch",
                () ->
                        new ReportMessage.Batch(
                                proto.getEpoch(), proto.getBase(), proto.getFirst(), reports));
    }

    private static Reported reported(String field, ByteString bytes) throws MalformedRecord {
        return ReportCodec.decode(Fields.bytes(bytes));
    }

    private static ReportMessage welcome(WelcomeProto proto) throws MalformedRecord {
        return new ReportMessage.Welcome(
                new RecordKey(Fields.bytes("welcome.node", proto.getNode(), 32)),
                proto.getNonce(),
                Fields.count("welcome.epoch", proto.getEpoch()),
                Fields.count("welcome.former_up_to", proto.getFormerUpTo()),
                proto.getFirst(),
                ReportCodec.hlc("welcome.now", proto.getNow()));
    }

    private static ReportMessage ack(AckProto proto) throws MalformedRecord {
        return new ReportMessage.Ack(
                new RecordKey(Fields.bytes("ack.node", proto.getNode(), 32)),
                Fields.count("ack.epoch", proto.getEpoch()),
                Fields.count("ack.up_to", proto.getUpTo()),
                ReportCodec.hlc("ack.now", proto.getNow()));
    }
}
