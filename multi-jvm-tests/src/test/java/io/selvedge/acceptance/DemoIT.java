// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.lab.Await;
import io.selvedge.lab.Exec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code selvedge demo} as a newcomer runs it, to its end and not. Needs root. */
class DemoIT {
    private static final Path LAB = Path.of("/run/selvedge-lab/demo");

    @TempDir private Path folder = Path.of("");

    private @Nullable ForkedSelvedge demo;

    @AfterEach
    void end() throws InterruptedException {
        if (demo != null && demo.process().isAlive()) {
            demo.interrupt();
            demo.process().waitFor(60, TimeUnit.SECONDS);
        }
    }

    @Test
    void everyPromiseHolds() throws IOException, InterruptedException {
        var report = folder.resolve("report.json");
        var forked =
                demo(
                        "--cut-seconds",
                        "25",
                        "--restart",
                        "edge1,cloud1",
                        "--report",
                        report.toString());
        assertThat(forked.process().waitFor(240, TimeUnit.SECONDS)).isTrue();
        System.out.print(forked.said());
        assertThat(forked.process().exitValue()).isZero();
        var text = Files.readString(report);
        assertThat(Schemas.violations("report.schema.json", text)).isEmpty();
        assertThat(JSON.std.mapFrom(text)).containsEntry("ok", true);
        assertThat(leftovers()).isEmpty();
    }

    @Test
    void ctrlCLeavesNothing() throws IOException, InterruptedException {
        var forked = demo();
        assertThat(Await.until(Duration.ofSeconds(60), () -> runningCharons() >= 3))
                .as(forked.said())
                .isTrue();
        assertThat(leftovers()).as("before").isNotEmpty();
        forked.interrupt();
        assertThat(forked.process().waitFor(45, TimeUnit.SECONDS)).isTrue();
        assertThat(forked.process().exitValue()).isNotZero();
        assertThat(forked.said()).contains("interrupted: cleaning up");
        assertThat(leftovers()).isEmpty();
    }

    private ForkedSelvedge demo(String... options) throws IOException {
        var command = new java.util.ArrayList<>(List.of("demo"));
        command.addAll(List.of(options));
        var started =
                ForkedSelvedge.start(folder.resolve("demo.out"), command.toArray(String[]::new));
        demo = started;
        return started;
    }

    private static long runningCharons() {
        return processes().stream().filter(line -> line.contains("charon-systemd")).count();
    }

    /** Namespaces, processes and folders of the lab that are still there. */
    private static List<String> leftovers() {
        var left = new java.util.ArrayList<>(namespaces());
        left.addAll(processes());
        if (Files.exists(LAB)) {
            left.add(LAB.toString());
        }
        return left;
    }

    private static List<String> namespaces() {
        return Exec.run(List.of("ip", "netns", "list"), "")
                .out()
                .lines()
                .filter(line -> line.startsWith("selv-demo-"))
                .toList();
    }

    /** A daemon names the lab in its environment, a node in its command line. */
    private static List<String> processes() {
        return ProcessHandle.allProcesses()
                .map(process ->
                        process.pid()
                                + " "
                                + read(process.pid(), "cmdline")
                                + " "
                                + read(process.pid(), "environ"))
                .filter(line -> line.contains(LAB + "/"))
                .toList();
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file)).replace('\0', ' ');
        } catch (IOException ended) {
            return "";
        }
    }
}
