// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A PostgreSQL server of its own: on a private port of loopback, in a temporary folder, run by the
 * unprivileged user {@code postgres} when we are root. It ends with {@link #close}, and by itself
 * when this process ends, however it ends: a shell waits on a pipe to us. Thread-safe.
 */
public final class Postgres implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/lib/postgresql");
    private static final String HOST = "127.0.0.1";
    private static final String USER = "selvedge";
    private static final String PASSWORD = "only for tests";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Ends the server, fast, as soon as our end of the pipe closes. */
    private static final String WITH_US =
            "\"$@\" & cat >/dev/null; kill -INT $! 2>/dev/null; wait $!";

    /** What a crash of the machine may cost: tests do not crash the machine. */
    public enum Durability {
        NONE("off"),
        /** As in production: each commit waits for the disk. */
        FULL("on");

        private final String fsync;

        Durability(String fsync) {
            this.fsync = fsync;
        }
    }

    private final Path bin;
    private final Path folder;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private Process server;

    private Postgres(Path bin, Path folder, int port, Process server) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
        this.server = server;
    }

    /** Starts a server and waits until it answers, about two seconds. */
    public static Postgres start(Durability durability) throws IOException {
        var bin = newestInstalled();
        var folder = Files.createTempDirectory("selvedge-postgres");
        if (isRoot()) {
            var users = folder.getFileSystem().getUserPrincipalLookupService();
            Files.setOwner(folder, users.lookupPrincipalByName("postgres"));
        }
        var password = folder.resolve("password");
        Files.writeString(password, PASSWORD);
        var data = folder.resolve("data").toString();
        run(
                bin.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync");
        Files.writeString(
                Path.of(data, "postgresql.auto.conf"),
                """
                fsync = %1$s
                full_page_writes = %1$s
                listen_addresses = '%2$s'
                unix_socket_directories = ''
                shared_buffers = 32MB
                max_connections = 100
                """
                        .formatted(durability.fsync, HOST));
        int port = freePort();
        var started = new Postgres(bin, folder, port, spawn(bin, folder, port));
        started.awaitReady();
        return started;
    }

    /** A new and empty database on this server. */
    public Database newDatabase() {
        var name = "test" + databases.incrementAndGet();
        try {
            run(bin.resolve("createdb").toString(), "-h", HOST, "-p", port(), "-U", USER, name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return new Database(HOST, port, name, USER, PASSWORD);
    }

    /** Ends the server as an administrator would, with all connections; its data stays. */
    public synchronized void stop() {
        end(server);
    }

    /** Starts the server again on the same port, with the same data. */
    public synchronized void resume() throws IOException {
        server = spawn(bin, folder, port);
        awaitReady();
    }

    @Override
    public synchronized void close() throws IOException {
        end(server);
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private String port() {
        return Integer.toString(port);
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        var ready = List.of(bin.resolve("pg_isready").toString(), "-q", "-h", HOST, "-p", port());
        while (exitCode(ready) != 0) {
            if (System.nanoTime() > deadline) {
                close();
                throw new IOException("PostgreSQL did not start on port " + port);
            }
            // A poll: the server has no signal to wait for.
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private static Process spawn(Path bin, Path folder, int port) throws IOException {
        var command = new ArrayList<>(List.of("sh", "-c", WITH_US, "sh"));
        command.addAll(
                List.of(
                        bin.resolve("postgres").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-p",
                        Integer.toString(port)));
        return new ProcessBuilder(asServer(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void end(Process server) {
        try {
            server.getOutputStream().close();
            if (!server.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                server.descendants().forEach(ProcessHandle::destroyForcibly);
            }
        } catch (IOException alreadyEnded) {
            server.destroy();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(String... command) throws IOException {
        int code = exitCode(asServer(List.of(command)));
        if (code != 0) {
            throw new IOException(command[0] + " ended with " + code);
        }
    }

    private static int exitCode(List<String> command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("PGPASSWORD", PASSWORD, "LC_ALL", "C.UTF-8"));
        var process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + command.getFirst(), interrupted);
        }
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> asServer(List<String> command) {
        if (!isRoot()) {
            return command;
        }
        var changed =
                new ArrayList<>(
                        List.of(
                                "setpriv",
                                "--reuid=postgres",
                                "--regid=postgres",
                                "--clear-groups",
                                "--"));
        changed.addAll(command);
        return changed;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static Path newestInstalled() throws IOException {
        if (Files.isDirectory(INSTALLED)) {
            try (var versions = Files.list(INSTALLED)) {
                var newest =
                        versions.map(version -> version.resolve("bin"))
                                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                                .max(Comparator.naturalOrder());
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw new IOException(
                "no PostgreSQL server in %s: apt-get install postgresql".formatted(INSTALLED));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return socket.getLocalPort();
        }
    }
}
