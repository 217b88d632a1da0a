// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line of the lab. Needs root. */
@Command(
        name = "lab",
        description = "A whole fabric on this machine, in network namespaces, to play with.")
public final class LabCommand implements Runnable {
    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--lab",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            defaultValue = "lab",
            description = "Which lab; several can be up side by side (default: lab).")
    String name = "lab";

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "say what to do with the lab");
        }
    }

    @Command(
            description = "Build the lab from manifests and one Lab document, and start its nodes.")
    int up(
            @Option(names = "-f", required = true, paramLabel = "PATH", description = "The folder.")
                    Path path,
            @Option(
                            names = "--timeout",
                            defaultValue = "90",
                            description = "Seconds until all nodes have to be converged.")
                    int timeout) {
        return answer(() -> {
            var progress = new Progress(System.out);
            var session = session(progress);
            var patience = Duration.ofSeconds(timeout);
            try (var _ = new Interruptible()) {
                var lab = session.up(path, (_, _) -> List.of(), patience);
                boolean converged = awaitConverged(lab, session, patience);
                session.release();
                progress.show(lab.snapshot().table());
                if (converged) {
                    progress.say("all nodes are converged");
                    return 0;
                }
                throw new LabException(
                        "not all nodes converged in %d s; the lab stays up to look at%n%s"
                                .formatted(timeout, LabBuilder.logs(lab)));
            }
        });
    }

    /** Takes the lab down when interrupted while waiting. */
    private static boolean awaitConverged(Lab lab, LabSession session, Duration patience) {
        boolean waited = false;
        try {
            boolean converged = lab.awaitConverged(patience);
            waited = true;
            return converged;
        } finally {
            if (!waited) {
                session.down();
            }
        }
    }

    @Command(description = "What each node says of itself, the cuts, and clear-text packets seen.")
    int status(
            @Option(names = "-o", paramLabel = "json", description = "As JSON.")
                    @Nullable String output) {
        return answer(() -> {
            if (output != null && !output.equals("json")) {
                throw new LabException("'%s' is no format; write -o json".formatted(output));
            }
            var status = lab().snapshot();
            System.out.print(output == null ? status.table() : status.json());
            return 0;
        });
    }

    @Command(description = "Run a command in a node's or pod's network: exec NAME -- COMMAND.")
    int exec(
            @Parameters(index = "0", paramLabel = "NAME") String target,
            @Parameters(index = "1..*", arity = "1..*", paramLabel = "COMMAND")
                    List<String> command) {
        return answer(() -> {
            var netns = lab().netns(target);
            return new ProcessBuilder(netns.command(command)).inheritIO().start().waitFor();
        });
    }

    @Command(description = "Hand the authority changed manifests: a file or a folder.")
    int apply(
            @Option(names = "-f", paramLabel = "PATH", description = "A file or a folder.")
                    @Nullable Path path,
            @Option(
                            names = "--delete",
                            paramLabel = "FILE",
                            description = "Remove a file that was applied.")
                    @Nullable String delete) {
        return answer(() -> {
            if ((path == null) == (delete == null)) {
                throw new LabException("name either what to apply (-f) or what to --delete");
            }
            if (path != null) {
                lab().applyManifests(path);
            } else if (delete != null) {
                lab().deleteManifest(delete);
            }
            var refused = lab().refusals();
            if (!refused.isEmpty()) {
                throw new LabException(
                        "the authority refuses this, and the last good intent stays: "
                                + String.join("; ", refused));
            }
            return 0;
        });
    }

    @Command(description = "Pull a cable: of a node or site from another, or from everything.")
    int cut(
            @Parameters(paramLabel = "A") String a,
            @Parameters(arity = "0..1", paramLabel = "B") @Nullable String b) {
        return answer(() -> {
            lab().cut(Cut.of(a, b));
            return 0;
        });
    }

    @Command(description = "Put a cable back; without names, all of them.")
    int heal(
            @Parameters(arity = "0..1", paramLabel = "A") @Nullable String a,
            @Parameters(arity = "0..1", paramLabel = "B") @Nullable String b) {
        return answer(() -> {
            if (a == null) {
                lab().healAll();
            } else {
                lab().heal(Cut.of(a, b));
            }
            return 0;
        });
    }

    @Command(description = "Kill a node's JVM (SIGKILL); its IKE daemon lives on.")
    int kill(@Parameters(paramLabel = "NODE") String node) {
        return answer(() -> {
            lab().process(node).kill();
            return 0;
        });
    }

    @Command(description = "Start a node's JVM again.")
    int start(@Parameters(paramLabel = "NODE") String node) {
        return answer(() -> {
            lab().process(node).start();
            return 0;
        });
    }

    @Command(description = "End all processes of the lab and remove all of it.")
    int down() {
        return answer(() -> {
            if (LabSession.isOwned(paths())) {
                throw new LabException("another process is at work on it; end that first (Ctrl-C)");
            }
            Lab.down(paths());
            return 0;
        });
    }

    private LabPaths paths() {
        return new LabPaths(name);
    }

    private Lab lab() {
        return Lab.open(paths());
    }

    private LabSession session(Progress progress) {
        return LabSession.of(name, progress);
    }

    /** Says what is wrong instead of how it came to be known. */
    public static int answer(Callable<Integer> work) {
        try {
            return work.call();
        } catch (LabException told) {
            System.err.println("selvedge: " + told.getMessage());
            return 1;
        } catch (IOException | InterruptedException failed) {
            System.err.println("selvedge: " + failed);
            return 1;
        } catch (RuntimeException bug) {
            throw bug;
        } catch (Exception other) {
            throw new IllegalStateException(other);
        }
    }
}
