// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.acceptance;

import io.selvedge.lab.Exec;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command {@code selvedge} as a process of its own, run as the launcher runs it. */
record ForkedSelvedge(Process process, Path output) {

    static ForkedSelvedge start(Path output, String... arguments) throws IOException {
        var dist = Path.of(System.getProperty("selvedge.dist", ""));
        var staged = dist.resolve("lib");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("-Dselvedge.dist=" + dist);
        command.add("-cp");
        command.add(
                Files.isDirectory(staged)
                        ? staged + "/*:" + staged + "/cloud/*"
                        : System.getProperty("java.class.path"));
        command.add("io.selvedge.cli.Selvedge");
        command.addAll(List.of(arguments));
        var process =
                new ProcessBuilder(command)
                        .directory(LabUnderTest.checkout().toFile())
                        .redirectErrorStream(true)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(output.toFile())
                        .start();
        return new ForkedSelvedge(process, output);
    }

    /** As Ctrl-C does. */
    void interrupt() {
        Exec.run(List.of("kill", "-INT", Long.toString(process.pid())), "");
    }

    String said() {
        try {
            return Files.readString(output);
        } catch (IOException notYet) {
            return "";
        }
    }
}
