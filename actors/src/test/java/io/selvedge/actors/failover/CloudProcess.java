// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.failover;

import io.selvedge.actors.sharding.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** The handle of a {@link CloudMain} that is killed, frozen and started again. */
final class CloudProcess implements AutoCloseable {
    private static final Word.State NOTHING_YET = new Word.State(new TreeSet<>(), false);

    /** What they have to say beside words, errors above all. */
    private static final Path LOGS = Path.of("target", "failover");

    private final Place place;
    private final String journal;
    private final Path password;
    private final Ledger ledger;
    private Process process;
    private volatile Word.State state = NOTHING_YET;

    CloudProcess(Place place, String journal, Path password, Ledger ledger) throws IOException {
        this.place = place;
        this.journal = journal;
        this.password = password;
        this.ledger = ledger;
        this.process = fork();
    }

    String name() {
        return place.address().toString();
    }

    /** Who is Up and answers, as this node said last. */
    SortedSet<String> up() {
        return state.up();
    }

    boolean ownsTheCluster() {
        return state.owner();
    }

    /** Makes it as if it had never been, until its next life. */
    void kill() {
        process.destroyForcibly().onExit().join();
        ledger.ended(name());
    }

    /** Starts it again after a kill. */
    void restart() throws IOException {
        process = fork();
        tell(CloudMain.Order.LOAD);
    }

    void freeze() throws IOException {
        signal("STOP");
    }

    void thaw() throws IOException {
        signal("CONT");
    }

    void tell(CloudMain.Order order) throws IOException {
        var line = (order + "\n").getBytes(StandardCharsets.UTF_8);
        process.getOutputStream().write(line);
        process.getOutputStream().flush();
    }

    @Override
    public void close() {
        kill();
    }

    private Process fork() throws IOException {
        state = NOTHING_YET;
        var folder = password.resolveSibling(name());
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx192m",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty("java.class.path"),
                                CloudMain.class.getName(),
                                folder.toString(),
                                name(),
                                Integer.toString(place.port()),
                                journal,
                                password.toString()));
        place.all().forEach(address -> command.add(address.toString()));
        var log = Files.createDirectories(LOGS).resolve(name() + ".log");
        var started =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start();
        Thread.ofVirtual().name("words of " + name()).start(() -> listen(started));
        return started;
    }

    private void listen(Process speaker) {
        try (var words = speaker.inputReader(StandardCharsets.UTF_8)) {
            for (var line = words.readLine(); line != null; line = words.readLine()) {
                Word.parse(line).ifPresent(this::hear);
            }
        } catch (IOException killed) {
            // Its words end with it.
        }
    }

    private void hear(Word word) {
        if (word instanceof Word.State now) {
            state = now;
        } else {
            ledger.hear(name(), word);
        }
    }

    private void signal(String name) throws IOException {
        var pid = Long.toString(process.pid());
        try {
            int status = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
            if (status != 0) {
                throw new IOException("kill -" + name + " " + pid + " gives " + status);
            }
        } catch (InterruptedException ended) {
            throw new UncheckedIOException(new IOException(ended));
        }
    }
}
