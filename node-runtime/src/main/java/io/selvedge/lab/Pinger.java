// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Pings every 50 ms from a namespace to an address, until stopped. Requests sent up to the stop
 * count, and each has a second more to be answered. Thread-safe.
 */
public final class Pinger implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final String flow;
    private final Process process;
    private final PingOutput output = new PingOutput();
    private final Thread reader;

    private Pinger(String flow, Process process) {
        this.flow = flow;
        this.process = process;
        this.reader = Thread.ofVirtual().name("ping " + flow).start(this::read);
    }

    /**
     * Begins at once, from the node's or pod's namespace; the flow's name is for reports.
     *
     * @param source the address to send from; null leaves it to the routes
     */
    public static Pinger start(String flow, Netns from, @Nullable String source, String to) {
        var ping = new ArrayList<>(List.of("ping", "-n", "-D", "-O", "-i", "0.05"));
        if (source != null) {
            ping.addAll(List.of("-I", source));
        }
        ping.add(to);
        var command = from.command(ping);
        try {
            return new Pinger(flow, new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException missing) {
            throw new LabException("cannot run ping; install iputils-ping", missing);
        }
    }

    /** Stops all of them, with one grace for all, and gives their accounts in the same order. */
    public static List<PingReport> stop(Collection<Pinger> pingers) {
        var until = pingers.stream().map(Pinger::highest).toList();
        LockSupport.parkNanos(GRACE.toNanos()); // late answers count: this is what they are given
        pingers.forEach(Pinger::interrupt);
        var last = until.iterator();
        return pingers.stream().map(pinger -> pinger.report(last.next())).toList();
    }

    public synchronized int highest() {
        return output.highest();
    }

    /** Whether a request sent after the given one has been answered. */
    public synchronized boolean answeredAfter(int sequence) {
        return output.answeredFrom(sequence + 1);
    }

    private void interrupt() {
        Exec.run(List.of("kill", "-INT", Long.toString(process.pid())), "");
    }

    private PingReport report(int until) {
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS) || !reader.join(Duration.ofSeconds(5))) {
                throw new LabException("ping " + flow + " does not end; its count is void");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", interrupted);
        }
        synchronized (this) {
            return output.report(flow, until);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            @Nullable String line;
            while ((line = lines.readLine()) != null) {
                synchronized (this) {
                    output.line(line);
                }
            }
        } catch (IOException ended) {
            // the process is gone; what was read stands, and its missing summary will be noticed
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
