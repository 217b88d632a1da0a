// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PingOutputTest {
    private final PingOutput output = new PingOutput();

    @Test
    void sequenceNumbersDecide() {
        read(
                """
                PING 10.244.2.2 (10.244.2.2) 56(84) bytes of data.
                [100.000] 64 bytes from 10.244.2.2: icmp_seq=1 ttl=61 time=0.9 ms
                [100.050] 64 bytes from 10.244.2.2: icmp_seq=2 ttl=61 time=0.9 ms
                [100.150] no answer yet for icmp_seq=3
                [100.152] 64 bytes from 10.244.2.2: icmp_seq=4 ttl=62 time=0.4 ms
                [100.160] 64 bytes from 10.244.2.2: icmp_seq=3 ttl=61 time=60 ms
                [100.202] From 10.244.1.1 icmp_seq=5 Destination Host Unreachable
                [100.250] 64 bytes from 10.244.2.2: icmp_seq=6 ttl=62 time=0.4 ms
                [100.251] 64 bytes from 10.244.2.2: icmp_seq=6 ttl=62 time=0.5 ms (DUP!)
                [100.350] no answer yet for icmp_seq=7

                --- 10.244.2.2 ping statistics ---
                8 packets transmitted, 5 received, +1 duplicates, +1 errors, 37.5% packet loss, time 350ms
                """);
        var report = output.report("a->b", 6);
        assertThat(report.sent()).isEqualTo(6);
        assertThat(report.lostAt()).containsExactly(5);
        assertThat(report.longestGapMillis()).isEqualTo(102);
        assertThat(report.ttlChanges())
                .containsExactly("ttl 61 to 62 at 4", "ttl 62 to 61 at 3", "ttl 61 to 62 at 6");
        assertThat(output.highest()).isEqualTo(7);
        assertThat(output.answeredFrom(6)).isTrue();
        assertThat(output.answeredFrom(7)).isFalse();
    }

    @Test
    void whatWasSentAfterTheStopDoesNotCount() {
        read(
                """
                [100.000] 64 bytes from 10.1.1.1: icmp_seq=1 ttl=61 time=0.9 ms
                [100.100] no answer yet for icmp_seq=2
                3 packets transmitted, 1 received, 66% packet loss, time 100ms
                """);
        assertThat(output.report("a->b", 1).lost()).isZero();
    }

    @Test
    void summaryThatContradictsTheLinesVoidsTheCount() {
        read(
                """
                [100.000] 64 bytes from 10.1.1.1: icmp_seq=1 ttl=61 time=0.9 ms
                2 packets transmitted, 2 received, 0% packet loss, time 50ms
                """);
        assertThatThrownBy(() -> output.report("a->b", 1)).hasMessageContaining("contradicts");
        assertThatThrownBy(() -> new PingOutput().report("killed", 0)).hasMessageContaining("void");
    }

    private void read(String text) {
        text.lines().forEach(output::line);
    }
}
