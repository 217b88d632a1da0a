// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Interruptible;
import io.selvedge.lab.LabCommand;
import io.selvedge.lab.LabException;
import io.selvedge.lab.LabSession;
import io.selvedge.lab.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code selvedge demo}: the lab, eight steps, and a verdict. Needs root. */
@Command(
        name = "demo",
        description = "Weave a fabric on this machine, and check everything it promises.")
public final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "-f",
            paramLabel = "PATH",
            description = "Manifests and Lab document (default: examples/demo).")
    @Nullable Path manifests;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the outcome as JSON.")
    @Nullable Path report;

    @Option(names = "--keep", description = "Leave the lab up, for 'selvedge lab --lab demo ...'.")
    boolean keep;

    @Option(
            names = "--cut-seconds",
            defaultValue = "60",
            paramLabel = "N",
            description = "How long the cloud is cut off (default: 60).")
    int cutSeconds = 60;

    @Option(
            names = "--restart",
            defaultValue = "edge1",
            split = ",",
            paramLabel = "NODE",
            description = "Whose JVM is killed and started, in this order (default: edge1).")
    List<String> restarts = List.of("edge1");

    @Override
    public Integer call() {
        return LabCommand.answer(this::play);
    }

    private int play() {
        var progress = new Progress(System.out);
        var session = LabSession.of("demo", progress);
        var folder = manifests == null ? examples() : manifests;
        try (var _ = new Interruptible()) {
            clear(session, progress);
            boolean done = false;
            try {
                var demo =
                        new Demo(
                                session,
                                folder,
                                Duration.ofSeconds(cutSeconds),
                                restarts,
                                progress);
                var outcome = demo.run();
                done = true;
                if (report != null) {
                    outcome.write(report);
                }
                progress.say(
                        "%s: %d of %d pings lost, %d clear-text packets"
                                .formatted(
                                        outcome.ok() ? "ALL HELD" : "NOT ALL HELD",
                                        outcome.lost(),
                                        outcome.sent(),
                                        outcome.clearTextPackets()));
                return outcome.ok() ? 0 : 1;
            } finally {
                if (keep && done) {
                    session.release();
                    progress.say("the lab stays up: 'selvedge lab status --lab demo', then 'down'");
                } else {
                    session.down();
                }
            }
        }
    }

    /** An earlier demo that nobody is at work on makes room; one that runs does not. */
    private static void clear(LabSession session, Progress progress) {
        if (session.isOwned()) {
            throw new LabException("another demo runs on this machine; wait for it, or end it");
        }
        if (session.exists()) {
            progress.say("removing what an earlier demo left");
            session.down();
        }
    }

    private static Path examples() {
        var dist = System.getProperty("selvedge.dist");
        var from = dist == null ? Path.of("").toAbsolutePath() : Path.of(dist).toAbsolutePath();
        for (@Nullable Path at = from; at != null; at = at.getParent()) {
            var folder = at.resolve("examples/demo");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        throw new LabException("examples/demo is not found from " + from + "; name it with -f");
    }
}
