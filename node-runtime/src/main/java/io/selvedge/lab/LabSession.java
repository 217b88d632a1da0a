// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * From nothing to a lab with pods, and back when that fails or Ctrl-C comes. The caller holds an
 * {@link Interruptible} around it.
 */
public final class LabSession {
    private final LabPaths paths;
    private final Enroller enroller;
    private final PodNetwork podNetwork;
    private final Progress progress;
    private Duration started = Duration.ZERO;

    /** A session with the parts that production nodes need. */
    public static LabSession of(String lab, Progress progress) {
        return new LabSession(new LabPaths(lab), Wiring.enroller(), Wiring.podNetwork(), progress);
    }

    LabSession(LabPaths paths, Enroller enroller, PodNetwork podNetwork, Progress progress) {
        this.paths = paths;
        this.enroller = enroller;
        this.podNetwork = podNetwork;
        this.progress = progress;
    }

    public Lab up(Path manifests, Cuts cuts, Duration patience) {
        var read = Manifests.read(manifests);
        read.topology();
        LabBuilder.claim(paths);
        boolean done = false;
        try {
            var builder = new LabBuilder(paths, read, enroller, podNetwork, progress);
            var lab = builder.build(cuts);
            started = progress.elapsed();
            builder.pods(lab, patience);
            done = true;
            return lab;
        } finally {
            if (!done) {
                down();
            }
        }
    }

    /** Which cables are pulled before the first node starts. */
    @FunctionalInterface
    public interface Cuts {
        Collection<Cut> of(Topology topology, Fabric fabric);
    }

    /** Removes the lab even when an interrupt is pending; that is then still pending. */
    public void down() {
        boolean interrupted = Thread.interrupted();
        try {
            Lab.down(paths);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The socket of the node that publishes in a lab; empty when no lab of this name is up. */
    public static Optional<Path> authoritySocket(String lab) {
        var paths = new LabPaths(lab);
        try (var nodes = Files.list(paths.root().resolve("nodes"))) {
            return nodes.map(node -> node.getFileName().toString())
                    .filter(node -> Files.exists(paths.authority(node)))
                    .map(paths::socket)
                    .findFirst();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** The lab is whole: nobody is at work on it any more. */
    public void release() {
        try {
            Files.deleteIfExists(paths.owner());
        } catch (IOException gone) {
            throw new LabException("cannot remove " + paths.owner() + ": " + gone, gone);
        }
    }

    /** Whether there is something of this name, whole or half. */
    public boolean exists() {
        return Files.exists(paths.root()) || !Netns.startingWith(paths.namespacePrefix()).isEmpty();
    }

    public boolean isOwned() {
        return isOwned(paths);
    }

    /** Since the nodes of {@link #up} were started. */
    public Duration sinceStart() {
        return progress.elapsed().minus(started);
    }

    /** Whether a process that still lives is building this lab or running a demo on it. */
    static boolean isOwned(LabPaths paths) {
        try {
            long pid = Long.parseLong(Files.readString(paths.owner()).strip());
            return pid != ProcessHandle.current().pid()
                    && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        } catch (IOException | NumberFormatException none) {
            return false;
        }
    }
}
