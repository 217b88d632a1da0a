// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cause;
import io.selvedge.model.Report;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IntakeTest {
    private static final Report DECISION = new Report.Started(Cause.of("why"));
    private static final Report TELEMETRY = new Report.RecordRefused("a", 1, Cause.of("why"));

    @Test
    void givesWhatCameInOnce() {
        var intake = new Intake(10);
        intake.offer(List.of(DECISION, TELEMETRY));
        assertThat(intake.take().reports()).containsExactly(DECISION, TELEMETRY);
        assertThat(intake.take().reports()).isEmpty();
    }

    @Test
    void countsWhatFindsNoRoomTelemetryFirst() {
        var intake = new Intake(10);
        IntStream.range(0, 20).forEach(_ -> intake.offer(TELEMETRY));
        IntStream.range(0, 7).forEach(_ -> intake.offer(DECISION));
        var taken = intake.take();
        assertThat(taken.reports()).hasSize(10).filteredOn(DECISION::equals).hasSize(5);
        assertThat(taken.dropped()).isEqualTo(17);
        assertThat(intake.take().dropped()).isZero();
    }

    @Test
    void aFloodOfRefusalsIsAFewReports() {
        var refusals = new Refusals();
        for (int i = 0; i < 1_000; i++) {
            refusals.note("10.0.0." + i % 50, "its signature does not hold");
        }
        var reports = refusals.take();
        assertThat(reports).hasSize(33);
        assertThat(reports.stream().mapToInt(each -> ((Report.RecordRefused) each).times()).sum())
                .isEqualTo(1_000);
        assertThat(refusals.take()).isEmpty();
    }
}
