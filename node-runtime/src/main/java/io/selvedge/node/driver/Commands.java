// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Runs the machine's own programs, each to its end, behind a prefix such as {@code ip netns exec
 * NS}; in production the prefix is empty. Output is bounded, time is bounded, messages are in
 * English ({@code LC_ALL=C}). Any thread may call.
 */
public record Commands(List<String> prefix, Duration timeout) {
    private static final int OUTPUT_BYTES_MAX = 32 << 20;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    public Commands {
        prefix = List.copyOf(prefix);
    }

    public Commands(List<String> prefix) {
        this(prefix, TIMEOUT);
    }

    /** How a program ended, whatever its exit code. */
    public record Output(int exit, String stdout, String stderr) {}

    /** The standard output of a program that must succeed. */
    public String run(String input, String... command) throws IOException {
        var output = attempt(Map.of(), input, List.of(command));
        if (output.exit() != 0) {
            throw failed(List.of(command), output);
        }
        return output.stdout();
    }

    /** Names the command, its exit code and the first lines of what it complained about. */
    public IOException failed(List<String> command, Output output) {
        var text = output.stderr().isBlank() ? output.stdout() : output.stderr();
        var complaint = text.lines().limit(5).map(String::strip).collect(Collectors.joining("; "));
        return new IOException(
                "'%s' ended with exit code %d: %s"
                        .formatted(String.join(" ", command), output.exit(), complaint));
    }

    /**
     * Runs a program with the input and, beside the inherited ones, these environment variables.
     */
    public Output attempt(Map<String, String> environment, String input, List<String> command)
            throws IOException {
        var line = new ArrayList<>(prefix);
        line.addAll(command);
        var builder = new ProcessBuilder(line);
        builder.environment().put("LC_ALL", "C");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            var stdout = reading(process.getInputStream());
            var stderr = reading(process.getErrorStream());
            feed(process, input);
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "'%s' did not end within %s; is the machine overloaded?"
                                .formatted(String.join(" ", command), timeout));
            }
            return new Output(process.exitValue(), stdout.get(), stderr.get());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while running " + line);
        } catch (ExecutionException unread) {
            throw new IOException("cannot read the output of " + command, unread.getCause());
        } finally {
            process.destroyForcibly();
        }
    }

    private static void feed(Process process, String input) {
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException closedEarly) {
            // The program ended before it read everything: its exit code and stderr say why.
        }
    }

    private static FutureTask<String> reading(InputStream stream) {
        var task =
                new FutureTask<>(() -> {
                    byte[] bytes = stream.readNBytes(OUTPUT_BYTES_MAX);
                    if (stream.read() >= 0) {
                        throw new IOException("more than " + OUTPUT_BYTES_MAX + " bytes of output");
                    }
                    return new String(bytes, StandardCharsets.UTF_8);
                });
        Thread.ofVirtual().name("command-output").start(task);
        return task;
    }
}
