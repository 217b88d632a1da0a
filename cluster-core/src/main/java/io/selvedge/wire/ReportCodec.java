// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.model.Reported;
import io.selvedge.wire.proto.CauseProto;
import io.selvedge.wire.proto.DriftHealedProto;
import io.selvedge.wire.proto.GapProto;
import io.selvedge.wire.proto.HlcProto;
import io.selvedge.wire.proto.PlanChangedProto;
import io.selvedge.wire.proto.RecordRefusedProto;
import io.selvedge.wire.proto.ReportedProto;
import io.selvedge.wire.proto.StartedProto;
import io.selvedge.wire.proto.TunnelProto;
import java.time.Instant;
import java.util.List;

/** Reports to bytes and back, as they rest on disk and travel. */
public final class ReportCodec {
    // Numbered by order, from 1: constants are only ever added behind the last.
    private static final List<Report.Stage> STAGES = List.of(Report.Stage.values());
    private static final List<Report.Way> WAYS = List.of(Report.Way.values());
    private static final List<Report.Gap.Why> WHYS = List.of(Report.Gap.Why.values());

    private ReportCodec() {}

    public static Bytes encode(Reported reported) {
        if (reported.report() instanceof Report.Unknown(var raw)) {
            return raw;
        }
        return Bytes.of(proto(reported).toByteArray());
    }

    /** What this version does not know becomes {@link Report.Unknown}, and goes on as it came. */
    public static Reported decode(Bytes bytes) throws MalformedRecord {
        try {
            var proto = ReportedProto.parseFrom(bytes.toArray());
            return new Reported(
                    Fields.checked("reported.at", () -> Instant.ofEpochMilli(proto.getAt())),
                    hlc("reported.hlc", proto.getHlc()),
                    report(proto, bytes));
        } catch (InvalidProtocolBufferException notProtobuf) {
            throw new MalformedRecord("reported", String.valueOf(notProtobuf.getMessage()));
        }
    }

    private static ReportedProto proto(Reported reported) {
        var proto =
                ReportedProto.newBuilder()
                        .setAt(reported.at().toEpochMilli())
                        .setHlc(hlc(reported.hlc()));
        switch (reported.report()) {
            case Report.Started(var cause) ->
                    proto.setStarted(StartedProto.newBuilder().setCause(cause(cause)));
            case Report.PlanChanged(int added, int removed, var cause) ->
                    proto.setPlanChanged(
                            PlanChangedProto.newBuilder()
                                    .setAdded(added)
                                    .setRemoved(removed)
                                    .setCause(cause(cause)));
            case Report.Tunnel(var peer, var stage, var way, var cause) ->
                    proto.setTunnel(
                            TunnelProto.newBuilder()
                                    .setPeer(peer.toString())
                                    .setStage(STAGES.indexOf(stage) + 1)
                                    .setWay(WAYS.indexOf(way) + 1)
                                    .setCause(cause(cause)));
            case Report.RecordRefused(var from, int times, var cause) ->
                    proto.setRecordRefused(
                            RecordRefusedProto.newBuilder()
                                    .setFrom(from)
                                    .setTimes(times)
                                    .setCause(cause(cause)));
            case Report.DriftHealed(var driver, int operations, var cause) ->
                    proto.setDriftHealed(
                            DriftHealedProto.newBuilder()
                                    .setDriver(driver)
                                    .setOperations(operations)
                                    .setCause(cause(cause)));
            case Report.Gap(var why, long numbers, var since) ->
                    proto.setGap(
                            GapProto.newBuilder()
                                    .setWhy(WHYS.indexOf(why) + 1)
                                    .setNumbers(numbers)
                                    .setSince(hlc(since)));
            case Report.Unknown _ -> throw new AssertionError("is bytes already");
        }
        return proto.build();
    }

    private static Report report(ReportedProto proto, Bytes raw) throws MalformedRecord {
        return switch (proto.getReportCase()) {
            case STARTED -> new Report.Started(cause(proto.getStarted().getCause()));
            case PLAN_CHANGED -> planChanged(proto.getPlanChanged());
            case TUNNEL -> tunnel(proto.getTunnel(), raw);
            case RECORD_REFUSED -> recordRefused(proto.getRecordRefused());
            case DRIFT_HEALED -> driftHealed(proto.getDriftHealed());
            case GAP -> gap(proto.getGap());
            case REPORT_NOT_SET -> new Report.Unknown(raw);
        };
    }

    private static Report planChanged(PlanChangedProto proto) throws MalformedRecord {
        return new Report.PlanChanged(
                Fields.number("added", proto.getAdded(), 0, Integer.MAX_VALUE),
                Fields.number("removed", proto.getRemoved(), 0, Integer.MAX_VALUE),
                cause(proto.getCause()));
    }

    /** A stage or way that is new is none that can be mistaken for an old one. */
    private static Report tunnel(TunnelProto proto, Bytes raw) throws MalformedRecord {
        boolean known =
                Fields.number("stage", proto.getStage(), 1, Integer.MAX_VALUE) <= STAGES.size()
                        && Fields.number("way", proto.getWay(), 1, Integer.MAX_VALUE)
                                <= WAYS.size();
        return known
                ? new Report.Tunnel(
                        Fields.subject("peer", proto.getPeer()),
                        STAGES.get(proto.getStage() - 1),
                        WAYS.get(proto.getWay() - 1),
                        cause(proto.getCause()))
                : new Report.Unknown(raw);
    }

    private static Report recordRefused(RecordRefusedProto proto) throws MalformedRecord {
        var cause = cause(proto.getCause());
        return Fields.checked(
                "record_refused",
                () -> new Report.RecordRefused(proto.getFrom(), proto.getTimes(), cause));
    }

    private static Report driftHealed(DriftHealedProto proto) throws MalformedRecord {
        var cause = cause(proto.getCause());
        return Fields.checked(
                "drift_healed",
                () -> new Report.DriftHealed(proto.getDriver(), proto.getOperations(), cause));
    }

    private static Report gap(GapProto proto) throws MalformedRecord {
        int why = Fields.number("gap.why", proto.getWhy(), 1, WHYS.size());
        var since = hlc("gap.since", proto.getSince());
        return Fields.checked(
                "gap", () -> new Report.Gap(WHYS.get(why - 1), proto.getNumbers(), since));
    }

    private static CauseProto cause(Cause cause) {
        return CauseProto.newBuilder().setRule(cause.rule()).addAllRecords(cause.records()).build();
    }

    private static Cause cause(CauseProto proto) throws MalformedRecord {
        return Fields.checked("cause", () -> new Cause(proto.getRule(), proto.getRecordsList()));
    }

    static HlcProto hlc(Hlc hlc) {
        return HlcProto.newBuilder().setMillis(hlc.millis()).setCount(hlc.count()).build();
    }

    static Hlc hlc(String field, HlcProto proto) throws MalformedRecord {
        return Fields.checked(field, () -> new Hlc(proto.getMillis(), proto.getCount()));
    }
}
