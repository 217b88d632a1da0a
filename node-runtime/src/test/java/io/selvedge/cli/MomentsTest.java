// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZonedDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    private static final Moments MOMENTS =
            new Moments(ZonedDateTime.parse("2026-11-22T15:30:00+08:00[Asia/Shanghai]"));

    @ParameterizedTest
    @CsvSource({
        "now, 2026-11-22T07:30:00Z",
        "2026-11-22T14:00:00Z, 2026-11-22T14:00:00Z",
        "2026-11-22t14:00:00z, 2026-11-22T14:00:00Z",
        "2026-11-22T14:00+02:00, 2026-11-22T12:00:00Z",
        "2026-11-22T14:00, 2026-11-22T06:00:00Z",
        "2026-11-22 14:00, 2026-11-22T06:00:00Z",
        "2026-11-22 14:00:05.25, 2026-11-22T06:00:05.250Z",
        "2026-11-22, 2026-11-21T16:00:00Z",
        "14:00, 2026-11-22T06:00:00Z",
        "today, 2026-11-21T16:00:00Z",
        "today 01:02:03, 2026-11-21T17:02:03Z",
        "yesterday, 2026-11-20T16:00:00Z",
        "Yesterday  14:00, 2026-11-21T06:00:00Z",
        "10m, 2026-11-22T07:20:00Z",
        "2h30m, 2026-11-22T05:00:00Z",
        "1d ago, 2026-11-21T07:30:00Z",
        "1w, 2026-11-15T07:30:00Z",
        "45s, 2026-11-22T07:29:15Z"
    })
    void peoplesFormsAreRead(String text, Instant moment) {
        assertThat(MOMENTS.parse(text)).isEqualTo(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "10",
                "10x",
                "m10",
                "25:00",
                "tomorrow",
                "yesterday noon",
                "2026-13-01",
                "99999999999999999999m",
                "9999999999999w"
            })
    void otherFormsAreRefusedWithExamples(String text) {
        assertThatThrownBy(() -> MOMENTS.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'" + text + "' is no time: write 2026-11-22T14:00:00Z");
    }
}
