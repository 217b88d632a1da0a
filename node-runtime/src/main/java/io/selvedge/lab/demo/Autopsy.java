// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Exec;
import io.selvedge.lab.Lab;
import io.selvedge.lab.LabException;
import io.selvedge.lab.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to look at after a failure, kept when the lab goes: statuses, rules and routes at the time
 * of each failure, and the whole logs at the end.
 */
final class Autopsy {
    private static final int LINES = 4;

    private final Progress progress;
    private @Nullable Path folder;

    Autopsy(Progress progress) {
        this.progress = progress;
    }

    void failed(Lab lab, int step) {
        for (var node : lab.topology().nodes()) {
            var complaints =
                    lab.process(node.name()).logTail(2000).stream()
                            .filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                            .toList();
            if (!complaints.isEmpty()) {
                progress.show("  last complaints of %s:%n".formatted(node.name()));
            }
            complaints.stream()
                    .skip(Math.max(0, complaints.size() - LINES))
                    .forEach(line -> progress.show("    " + line + "\n"));
        }
        try {
            if (folder == null) {
                folder = Files.createTempDirectory("selvedge-" + lab.name() + "-");
            }
            var here = Files.createDirectories(folder.resolve("step-" + step));
            Files.writeString(here.resolve("status.json"), lab.snapshot().json());
            for (var node : lab.topology().nodes()) {
                Files.writeString(here.resolve(node.name()), machine(lab, node.name()));
            }
        } catch (IOException | LabException failed) {
            progress.say("not all evidence could be kept: " + failed.getMessage());
        }
    }

    /** Call it before the lab is taken down; does nothing unless something failed. */
    void close(Lab lab) {
        if (folder == null) {
            return;
        }
        try (var files = Files.walk(lab.files())) {
            for (var file : files.filter(one -> one.toString().endsWith(".log")).toList()) {
                var name = lab.files().relativize(file).toString().replace('/', '-');
                Files.copy(file, folder.resolve(name));
            }
            progress.say("logs, statuses, rules and routes are kept in " + folder);
        } catch (IOException failed) {
            progress.say("the logs could not be kept: " + failed);
        }
    }

    private static String machine(Lab lab, String node) {
        var text = new StringBuilder();
        for (var command :
                List.of(
                        "ip -br address",
                        "ip rule",
                        "ip route show table all",
                        "nft list ruleset",
                        "ss -unlp")) {
            var result = Exec.run(lab.netns(node).command(List.of("sh", "-c", command)), "");
            text.append("# ")
                    .append(command)
                    .append('\n')
                    .append(result.out())
                    .append(result.err());
        }
        return text.toString();
    }
}
