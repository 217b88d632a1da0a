// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.io.PrintStream;
import java.time.Duration;

/** Lines for a person who waits, each with the seconds since the beginning. Thread-safe. */
public final class Progress {
    private final PrintStream out;
    private final long start = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void say(String line) {
        out.printf("%6.1fs  %s%n", elapsed().toMillis() / 1000.0, line);
        out.flush();
    }

    /** Text as it is: a table. */
    public void show(String text) {
        out.print(text);
        out.flush();
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
