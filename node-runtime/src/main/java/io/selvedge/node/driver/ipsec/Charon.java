// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver.ipsec;

import io.selvedge.jvici.ViciClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The IKE daemon as its own process, that outlives this one: started when it isn't there, adopted
 * when it is. One object for a directory; blocking.
 */
public final class Charon {
    private static final Duration START_MAX = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(5);

    private final CharonSettings settings;
    private final @Nullable Charon before;

    public Charon(CharonSettings settings) {
        this(settings, null);
    }

    /**
     * Of two daemons, {@code before} starts first: the tunnel devices are numbered as they come.
     */
    public Charon(CharonSettings settings, @Nullable Charon before) {
        this.settings = settings;
        this.before = before;
    }

    public Path socket() {
        return settings.socket();
    }

    /** Its process, when it runs: the one that was started with our configuration. */
    public @Nullable ProcessHandle process() {
        try {
            long pid = Long.parseLong(Files.readString(settings.pid()).strip());
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
            boolean ours =
                    new String(environment, StandardCharsets.UTF_8)
                            .contains("STRONGSWAN_CONF=" + settings.configuration());
            return ours ? ProcessHandle.of(pid).filter(ProcessHandle::isAlive).orElse(null) : null;
        } catch (IOException | NumberFormatException noneWeStarted) {
            return null;
        }
    }

    /**
     * Returns once the daemon answers; starts it unless it does or its process is there.
     *
     * @return whether it had to be started, and so holds nothing of ours
     */
    public synchronized boolean ensureRunning() throws IOException {
        if (answers()) {
            return false;
        }
        if (before != null) {
            before.ensureRunning();
        }
        var running = process();
        if (running != null) {
            awaitAnswer(running, "has stopped answering; end process " + running.pid());
            return false;
        }
        TunDevice.require();
        awaitAnswer(start(), "did not answer on " + settings.socket());
        return true;
    }

    private boolean answers() {
        if (!Files.exists(settings.socket())) {
            return false;
        }
        try (var client = new ViciClient(settings.socket(), Duration.ofSeconds(2))) {
            client.call("version");
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    private ProcessHandle start() throws IOException {
        if (!Files.isExecutable(settings.binary())) {
            throw new IOException(
                    "there is no IKE daemon at %s; install the package charon-systemd, or set ipsec.charon"
                            .formatted(settings.binary()));
        }
        Files.createDirectories(
                settings.directory(),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(settings.configuration(), settings.userspaceConfiguration());
        Files.deleteIfExists(settings.socket());
        var command = new ArrayList<>(List.of("setsid"));
        command.addAll(settings.launcher());
        command.add(settings.binary().toString());
        var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(settings.output().toFile());
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        builder.environment().put("STRONGSWAN_CONF", settings.configuration().toString());
        var process = builder.start().toHandle();
        var fresh = settings.directory().resolve("charon.pid.new");
        Files.writeString(fresh, process.pid() + "\n");
        Files.move(fresh, settings.pid(), StandardCopyOption.ATOMIC_MOVE);
        return process;
    }

    private void awaitAnswer(ProcessHandle process, String complaint) throws IOException {
        long deadline = System.nanoTime() + START_MAX.toNanos();
        while (!answers()) {
            if (!process.isAlive()) {
                throw new IOException("the IKE daemon ended at once: " + lastWords());
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("the IKE daemon " + complaint + ": " + lastWords());
            }
            // The socket appears when charon's plugins are loaded; nothing else tells.
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private String lastWords() throws IOException {
        var words = new ArrayList<String>();
        for (Path file : List.of(settings.output(), settings.log())) {
            if (Files.exists(file)) {
                var lines = Files.readAllLines(file);
                words.addAll(lines.subList(Math.max(0, lines.size() - 5), lines.size()));
            }
        }
        String text = String.join(" | ", words);
        return text.contains("HASH_SHA1") || text.contains("'openssl'")
                ? text + " (install the package libstrongswan-standard-plugins)"
                : text;
    }

    /** Ends the daemon and with it all tunnels: for uninstalling and for laboratories. */
    public void stop() throws IOException {
        var process = process();
        if (process == null) {
            return;
        }
        process.destroy();
        var exit = process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS);
        if (exit.join().isAlive()) {
            process.destroyForcibly();
        }
        Files.deleteIfExists(settings.pid());
    }
}
