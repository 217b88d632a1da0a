// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A command of the operating system, run to its end. Any thread; an interrupt ends the command and
 * throws.
 */
public final class Exec {
    /** How a command ended, and what it wrote. */
    public record Result(int code, String out, String err) {}

    private Exec() {}

    public static Result run(List<String> command, String stdin) {
        Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException missing) {
            throw new LabException(
                    "cannot run %s (%s); install it"
                            .formatted(command.getFirst(), missing.getMessage()),
                    missing);
        }
        try {
            var out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()), VIRTUAL);
            var err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), VIRTUAL);
            try (var in = process.getOutputStream()) {
                in.write(stdin.getBytes(StandardCharsets.UTF_8));
            } catch (IOException endedEarly) {
                // it did not want its input; its exit code tells
            }
            int code = process.waitFor();
            return new Result(code, out.join(), err.join());
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", interrupted);
        }
    }

    /** Runs it and returns its output; anything but exit code 0 throws, with what it complained. */
    static String must(List<String> command, String stdin) {
        var result = run(command, stdin);
        if (result.code() != 0) {
            throw new LabException(
                    "'%s' ended with %d: %s"
                            .formatted(
                                    String.join(" ", command),
                                    result.code(),
                                    (result.err() + result.out()).strip()));
        }
        return result.out();
    }

    static String must(String... command) {
        return must(List.of(command), "");
    }

    private static final java.util.concurrent.Executor VIRTUAL =
            task -> Thread.ofVirtual().start(task);

    private static String text(InputStream stream) {
        try {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException closed) {
            return "";
        }
    }
}
