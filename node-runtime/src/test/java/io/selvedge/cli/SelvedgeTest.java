// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SelvedgeTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theVersionIsSaidAsTextAndAsJson() throws Exception {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).matches("selvedge \\d+\\.\\d+\\.\\d+\\S* \\(Java 25\\S*\\)\n");
        out.getBuffer().setLength(0);
        assertThat(run("version", "-o", "json")).isZero();
        assertThat(JSON.std.mapFrom(out.toString())).containsOnlyKeys("version", "java");
    }

    @Test
    void aWrongCallIsSaidInOneLine() {
        assertThat(run("weave")).isEqualTo(2);
        assertThat(err.toString()).startsWith("selvedge: ").contains("weave").hasLineCount(1);
        err.getBuffer().setLength(0);
        assertThat(run("version", "-o", "xml")).isEqualTo(2);
        assertThat(err.toString()).contains("xml").hasLineCount(1);
        err.getBuffer().setLength(0);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("selvedge: name a command; see 'selvedge help'\n");
    }

    private int run(String... args) {
        return Selvedge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args);
    }
}
