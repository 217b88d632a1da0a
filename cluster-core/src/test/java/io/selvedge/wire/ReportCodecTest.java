// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.selvedge.model.Bytes;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.model.Reported;
import io.selvedge.wire.proto.HlcProto;
import io.selvedge.wire.proto.ReportedProto;
import io.selvedge.wire.proto.TunnelProto;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reports of other versions, and of nobody. */
class ReportCodecTest {
    private static final HlcProto HLC = HlcProto.newBuilder().setMillis(7).build();

    @Test
    void whatANewerVersionReportsGoesOnAsItCame() throws MalformedRecord {
        var newer = Bytes.ofHex("0801" + "12020807" + "fa010178");
        var read = ReportCodec.decode(newer);
        assertThat(read.report()).isEqualTo(new Report.Unknown(newer));
        assertThat(read.hlc()).isEqualTo(new Hlc(7, 0));
        assertThat(ReportCodec.encode(read)).isEqualTo(newer);
    }

    @Test
    void aStageThatIsNewIsNotTakenForAnOldOne() throws MalformedRecord {
        var tunnel = TunnelProto.newBuilder().setPeer("beijing/edge1").setStage(9).setWay(1);
        var bytes =
                Bytes.of(
                        ReportedProto.newBuilder()
                                .setHlc(HLC)
                                .setTunnel(tunnel)
                                .build()
                                .toByteArray());
        assertThat(ReportCodec.decode(bytes).report()).isEqualTo(new Report.Unknown(bytes));
    }

    @Test
    void nonsenseIsRefused() {
        for (var hex :
                List.of(
                        "ff",
                        "0801" + "1202" + "08ff",
                        "120208074200",
                        "12020807" + "1a030a01ff")) {
            assertThatExceptionOfType(MalformedRecord.class)
                    .as(hex)
                    .isThrownBy(() -> ReportCodec.decode(Bytes.ofHex(hex)));
        }
        for (var hex : List.of("", "1200", "12061000180022")) {
            assertThatExceptionOfType(MalformedRecord.class)
                    .as(hex)
                    .isThrownBy(() -> ReportMessageCodec.decode(Bytes.ofHex(hex)));
        }
    }

    @Test
    void aLongCauseIsCutToWhatSharesADatagram() {
        var cause = Cause.of("x".repeat(2_000), List.of("a", "b", "c", "d", "e"));
        assertThat(cause.rule()).hasSize(Cause.TEXT_MAX).endsWith("…");
        assertThat(cause.records()).containsExactly("a", "b", "c", "d");
        var reported = new Reported(Instant.EPOCH, Hlc.ZERO, new Report.Started(cause));
        assertThat(ReportCodec.encode(reported).size()).isLessThan(400);
    }
}
