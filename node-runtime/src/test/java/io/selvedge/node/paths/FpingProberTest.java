// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.IpAddress;
import org.junit.jupiter.api.Test;

/** What fping(8) prints. */
class FpingProberTest {
    @Test
    void anAnswerNamesItsAddress() {
        assertThat(FpingProber.answering("100.71.0.11 : [7], 64 bytes, 0.51 ms (0.5 avg, 0% loss)"))
                .isEqualTo(IpAddress.parse("100.71.0.11"));
        assertThat(
                        FpingProber.answering(
                                "fd71::11      : [0], 64 bytes, 1.1 ms (1.1 avg, 0% loss)"))
                .isEqualTo(IpAddress.parse("fd71::11"));
    }

    @Test
    void anythingElseIsNoAnswer() {
        assertThat(FpingProber.answering("100.71.0.11 : [7], timed out (0.5 avg, 50% loss)"))
                .isNull();
        assertThat(FpingProber.answering("ICMP Host Unreachable from 10.0.0.1 for ICMP Echo"))
                .isNull();
        assertThat(FpingProber.answering("")).isNull();
    }
}
