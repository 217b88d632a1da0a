// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The JVM of a node: a session of its own in the node's namespace, that outlives whoever started
 * it. It is found again by what it runs, so no file of process ids can be stale.
 */
public final class NodeProcess {
    private static final String MAIN = "io.selvedge.cli.Selvedge";

    private final Netns netns;
    private final Path config;
    private final Path log;
    private final boolean authority;

    NodeProcess(LabPaths paths, String node) {
        this.netns = paths.netns(node);
        this.config = paths.config(node);
        this.log = paths.log(node);
        this.authority = Files.isDirectory(paths.authority(node));
    }

    /** Starts it and returns at once. */
    public void start() {
        if (pid().isPresent()) {
            throw new LabException(
                    netns.name() + " runs a node already; use 'selvedge lab kill' to end it first");
        }
        var command = new ArrayList<>(List.of("setsid"));
        command.addAll(java(authority));
        command.addAll(List.of(MAIN, "node", "--config", config.toString()));
        try {
            var builder = new ProcessBuilder(netns.command(command));
            // One arena of malloc for all of the node's threads, as its unit file will say, too.
            builder.environment().put("MALLOC_ARENA_MAX", "1");
            builder.redirectInput(new File("/dev/null"))
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException failed) {
            throw new LabException(
                    "cannot start the node in " + netns.name() + ": " + failed, failed);
        }
    }

    /** Ends the JVM as a power cut would, and nothing else. */
    public void kill() {
        var pid = pid();
        if (pid.isEmpty()) {
            throw new LabException("no node runs in " + netns.name() + "; start it first");
        }
        var process = ProcessHandle.of(pid.getAsLong());
        process.ifPresent(ProcessHandle::destroyForcibly);
        for (int i = 0; i < 500 && pid().isPresent(); i++) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos()); // until the kernel has ended it
        }
    }

    public OptionalLong pid() {
        return netns.pids().stream().filter(this::isOurs).mapToLong(Long::longValue).findFirst();
    }

    private boolean isOurs(long pid) {
        try {
            var command =
                    List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline")).split("\0", -1));
            return command.contains(MAIN) && command.contains(config.toString());
        } catch (IOException ended) {
            return false;
        }
    }

    /** Resident memory of the JVM in MiB, or -1 when it does not run. */
    public long residentMiB() {
        var pid = pid();
        if (pid.isEmpty()) {
            return -1;
        }
        try (var lines = Files.lines(Path.of("/proc/" + pid.getAsLong() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .map(line -> line.replaceAll("\\D", ""))
                            .mapToLong(Long::parseLong)
                            .findFirst()
                            .orElse(-1024)
                    / 1024;
        } catch (IOException ended) {
            return -1;
        }
    }

    /** The last lines it wrote. */
    public List<String> logTail(int count) {
        try (var lines = Files.lines(log)) {
            var all = lines.toList();
            return all.subList(Math.max(0, all.size() - count), all.size());
        } catch (IOException none) {
            return List.of();
        }
    }

    private static List<String> java(boolean authority) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        var dist = dist();
        if (dist != null && Files.exists(dist.resolve("node.jvmoptions"))) {
            command.add("@" + dist.resolve("node.jvmoptions"));
            if (authority) {
                command.add("@" + dist.resolve("cloud.jvmoptions"));
            }
        } else {
            command.addAll(LEAN);
        }
        if (dist != null && Files.exists(dist.resolve("node.jsa"))) {
            command.add("-XX:SharedArchiveFile=" + dist.resolve("node.jsa"));
        }
        command.add("-cp");
        command.add(classPath(dist, authority));
        return command;
    }

    /**
     * The staged jars, which the class archive was made from, wherever this process has its own. An
     * edge gets none of those that only the authority's entities and their journal want.
     */
    private static String classPath(@Nullable Path dist, boolean authority) {
        if (dist == null || !Files.isDirectory(dist.resolve("lib"))) {
            return System.getProperty("java.class.path");
        }
        return dist + "/lib/*" + (authority ? ":" + dist + "/lib/cloud/*" : "");
    }

    static @Nullable Path dist() {
        var property = System.getProperty("selvedge.dist");
        return property == null ? null : Path.of(property);
    }

    private static final List<String> LEAN =
            List.of(
                    "-XX:+UseSerialGC",
                    "-Xmx128m",
                    "-Xss256k",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:ReservedCodeCacheSize=32m",
                    "-XX:+UseCompactObjectHeaders",
                    "--sun-misc-unsafe-memory-access=allow");
}
