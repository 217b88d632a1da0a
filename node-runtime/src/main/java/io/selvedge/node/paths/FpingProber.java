// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import io.selvedge.model.IpAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes with one fping(8) process for all addresses, from the node's own fabric address. The
 * process is started by the thread that reads it and dies with it, also when the JVM is killed.
 */
public final class FpingProber implements Prober {
    private static final Logger LOG = LoggerFactory.getLogger(FpingProber.class);

    /** Time between two probes of one address. */
    static final int PERIOD_MILLIS = 200;

    private final IpAddress source;
    private final int tos;
    private final Consumer<IpAddress> answered;
    private SortedSet<IpAddress> watched = new TreeSet<>();
    private @Nullable Run run;

    /** Probes from {@code source} with a TOS; any thread calls {@code answered}. */
    public FpingProber(IpAddress source, int tos, Consumer<IpAddress> answered) {
        this.source = source;
        this.tos = tos;
        this.answered = answered;
    }

    @Override
    public synchronized void watch(SortedSet<IpAddress> addresses) {
        if (addresses.equals(watched)) {
            return;
        }
        watched = new TreeSet<>(addresses);
        var old = run;
        run = watched.isEmpty() ? null : new Run(List.copyOf(watched));
        if (old != null) {
            old.end();
        }
    }

    @Override
    public void close() {
        watch(new TreeSet<>());
    }

    /** One set of addresses: a process, restarted when it ends by itself. */
    private final class Run {
        private final List<IpAddress> addresses;
        private final Thread thread;
        private volatile boolean ended;
        private volatile @Nullable Process process;

        Run(List<IpAddress> addresses) {
            this.addresses = addresses;
            this.thread = Thread.ofPlatform().daemon().name("prober").start(this::probe);
        }

        void end() {
            ended = true;
            LockSupport.unpark(thread);
            var running = process;
            if (running != null) {
                running.destroyForcibly();
            }
        }

        private void probe() {
            while (!ended) {
                try {
                    read();
                } catch (IOException broken) {
                    LOG.atWarn().setCause(broken).log("fping failed, next try in a second");
                }
                if (!ended) {
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
                }
            }
        }

        private void read() throws IOException {
            var started =
                    new ProcessBuilder(command())
                            .redirectErrorStream(true)
                            .redirectInput(ProcessBuilder.Redirect.PIPE)
                            .start();
            process = started;
            if (ended) {
                started.destroyForcibly();
            }
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    started.getInputStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    var address = answering(line);
                    if (address != null) {
                        answered.accept(address);
                    }
                }
            } finally {
                started.destroyForcibly();
            }
        }

        private List<String> command() {
            var period = Integer.toString(PERIOD_MILLIS);
            var command =
                    new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "fping", "--loop"));
            command.addAll(List.of("--period=" + period, "--timeout=" + period));
            command.addAll(List.of("--src=" + source, "--tos=" + tos));
            addresses.forEach(address -> command.add(address.toString()));
            return command;
        }
    }

    /** The address that a line of fping's says answered, or null. */
    static @Nullable IpAddress answering(String line) {
        int end = line.indexOf(" : [");
        if (end <= 0 || !line.contains(" bytes, ")) {
            return null;
        }
        try {
            return IpAddress.parse(line.substring(0, end).strip());
        } catch (IllegalArgumentException notAnAddress) {
            return null;
        }
    }
}
