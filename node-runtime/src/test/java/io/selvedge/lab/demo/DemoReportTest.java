// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.lab.Schemas;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoReportTest {
    private static final DemoReport.Result HELD = new DemoReport.Result("up", true, 21.3, "fine");
    private static final DemoReport.Result FAILED =
            new DemoReport.Result("relay", false, 0.1, "lost \"3\"\nof them");

    @Test
    void reportIsAsTheSchemaSays() {
        var report = new DemoReport(List.of(HELD, FAILED), 0, 1200, 3);
        assertThat(Schemas.violations("report.schema.json", report.json())).isEmpty();
        assertThat(Schemas.violations("report.schema.json", report.json().replace("1200", "-1")))
                .isNotEmpty();
        assertThat(Schemas.violations("report.schema.json", report.json().replace("detail", "de")))
                .isNotEmpty();
    }

    @Test
    void onlyAllIsOk() {
        assertThat(new DemoReport(List.of(HELD), 0, 10, 0).ok()).isTrue();
        assertThat(new DemoReport(List.of(HELD, FAILED), 0, 10, 0).ok()).isFalse();
        assertThat(new DemoReport(List.of(HELD), 1, 10, 0).ok()).isFalse();
        assertThat(new DemoReport(List.of(HELD), -1, 10, 0).ok()).isFalse();
        assertThat(new DemoReport(List.of(HELD), 0, 10, 1).ok()).isFalse();
    }
}
