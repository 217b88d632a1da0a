// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim.scale;

import java.io.PrintWriter;
import java.time.Duration;

/** Tells a person who waits how far a long run has come, at most once a second. */
public final class Meter {
    private static final long EVERY_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long PLAIN_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

    private final PrintWriter out;
    private final boolean rewrites;
    private final long start = System.nanoTime();
    private long said;
    private int width;

    /**
     * @param rewrites whether the output is a terminal, on which one line is written again and
     *     again
     */
    public Meter(PrintWriter out, boolean rewrites) {
        this.out = out;
        this.rewrites = rewrites;
    }

    /** A new phase. */
    void begin(String what) {
        said = System.nanoTime();
        write(what);
    }

    /** The phase goes on. */
    void at(String what) {
        long now = System.nanoTime();
        if (now - said >= (rewrites ? EVERY_NANOS : PLAIN_EVERY_NANOS)) {
            said = now;
            write(what);
        }
    }

    /** Leaves the line. */
    void end() {
        if (rewrites) {
            out.print("\r" + " ".repeat(width) + "\r");
            out.flush();
        }
    }

    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    private void write(String what) {
        var line = "%7.1fs  %s".formatted(seconds(), what);
        if (rewrites) {
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            out.println(line);
        }
        out.flush();
    }
}
