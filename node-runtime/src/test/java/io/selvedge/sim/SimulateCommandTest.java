// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.lab.Schemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class SimulateCommandTest {
    private static final String SMALL = "--nodes 60 --sites 12 --community 20 --duration 5s";
    private static final String TINY = "--nodes 12 --sites 4 --community 4 --duration 2s";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aSmallFabricAgreesAndItsFiguresAreAsTheSchemaSays() throws IOException {
        var figures = measure(SMALL + " --loss 5% --partition-hours 0.02 -o json");
        assertThat(Schemas.violations("scale.schema.json", out.toString())).isEmpty();
        assertThat(figures).containsEntry("nodes", 60).containsEntry("loss", 0.05);
        for (var spreads : new String[] {"convergence", "fabricWide"}) {
            assertThat(number(figures, spreads, "p50Seconds")).isPositive();
            assertThat(number(figures, spreads, "p99Seconds"))
                    .isBetween(number(figures, spreads, "p50Seconds"), 10.0);
            assertThat(number(figures, spreads, "incomplete")).isZero();
            assertThat(number(figures, spreads, "bytesPerChange")).isPositive();
        }
        assertThat(number(figures, "convergence", "nodes")).isBetween(20.0, 59.0);
        assertThat(number(figures, "fabricWide", "nodes")).isEqualTo(60);
        assertThat(number(figures, "idleBytesPerSecond")).isBetween(1.0, 10_000.0);
        assertThat(number(figures, "heapBytesPerNode")).isBetween(10_000.0, 4e6);
        assertThat(number(figures, "plan", "fullMillis")).isPositive();
        assertThat(number(figures, "heal", "seconds")).isBetween(0.1, 10.0);
        assertThat(err.toString()).contains("building 60 nodes");
    }

    @Test
    void theSameSeedGivesTheSameFabricAndAnotherDoesNot() throws IOException {
        var first = withoutTimings(measure(TINY + " --seed 7 -o json"));
        var second = withoutTimings(measure(TINY + " --seed 7 -o json"));
        assertThat(second).isEqualTo(first);
        assertThat(withoutTimings(measure(TINY + " --seed 8 -o json")).get("convergence"))
                .isNotEqualTo(first.get("convergence"));
    }

    @Test
    void aPersonReadsATable() {
        assertThat(run(SMALL + " --naive --partition-hours 0.01")).isZero();
        assertThat(out.toString())
                .startsWith("60 nodes on 12 sites, Communities of 20, 1 % loss, seed 1, the naive")
                .contains(
                        "a changed endpoint",
                        "to 60 nodes each",
                        "heap of an edge",
                        " after the heal")
                .doesNotContain("NOT", "NaN", "Infinity");
    }

    @ParameterizedTest
    @CsvSource({
        "--nodes 2, --nodes 2: give from 3 to 20000",
        "--nodes 10 --sites 10, '--sites 10: give from 1 to 9, fewer than --nodes'",
        "--nodes 50 --sites 5 --community 50, '--community 50: give from 2 to 49'",
        "--loss 95%, '--loss 0.95: give a share from 0 to 0.9, such as 0.01, or per cent'",
        "--loss some, 'is no share; write it as 0.01 or 1%'",
        "--duration 1d, 'is no duration; write it as 90s, 5m or 1h'",
        "--duration 0, --duration PT0S: give from 1s to 24h",
        "--partition-hours -1, --partition-hours -1.0: give from 0 to 24"
    })
    void whatCannotBeMeasuredIsRefusedWithTheFix(String options, String says) {
        assertThat(run(options)).isEqualTo(2);
        assertThat(err.toString()).contains(says);
        assertThat(out.toString()).isEmpty();
    }

    private Map<String, Object> measure(String options) throws IOException {
        out.getBuffer().setLength(0);
        assertThat(run(options)).as(err.toString()).isZero();
        return JSON.std.mapFrom(out.toString());
    }

    private int run(String options) {
        return new CommandLine(new SimulateCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(options.split(" "));
    }

    private static Map<String, Object> withoutTimings(Map<String, Object> figures) {
        assertThat(figures.remove("plan")).isNotNull();
        assertThat(figures.remove("heapBytesPerNode")).isNotNull();
        assertThat(part(figures, "run").remove("wallSeconds")).isNotNull();
        assertThat(part(figures, "run").remove("peakHeapBytes")).isNotNull();
        return figures;
    }

    private static double number(Map<String, Object> figures, String key) {
        return ((Number) Objects.requireNonNull(figures.get(key))).doubleValue();
    }

    private static double number(Map<String, Object> figures, String part, String key) {
        return number(part(figures, part), key);
    }

    @SuppressWarnings("unchecked") // a JSON object is a map by strings
    private static Map<String, Object> part(Map<String, Object> figures, String key) {
        return (Map<String, Object>) Objects.requireNonNull(figures.get(key));
    }
}
