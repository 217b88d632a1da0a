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

/** What to look at after a failure, kept when the lab goes: logs, statuses, rules and routes. */
final class Autopsy {
    private static final int LINES = 6;

    private Autopsy() {}

    static void of(Lab lab, Progress progress) {
        for (var node : lab.topology().nodes()) {
            progress.show("  last lines of %s:%n".formatted(node.name()));
            lab.process(node.name())
                    .logTail(LINES)
                    .forEach(line -> progress.show("    " + line + "\n"));
        }
        try {
            var folder = Files.createTempDirectory("selvedge-" + lab.name() + "-");
            Files.writeString(folder.resolve("status.json"), lab.snapshot().json());
            logs(lab.files(), folder);
            for (var node : lab.topology().nodes()) {
                Files.writeString(
                        folder.resolve(node.name() + ".machine"), machine(lab, node.name()));
            }
            progress.say("logs, statuses, rules and routes are kept in " + folder);
        } catch (IOException | LabException failed) {
            progress.say("not all evidence could be kept: " + failed.getMessage());
        }
    }

    private static void logs(Path root, Path folder) throws IOException {
        try (var files = Files.walk(root)) {
            for (var file : files.filter(one -> one.toString().endsWith(".log")).toList()) {
                var name = root.relativize(file).toString().replace('/', '-');
                Files.copy(file, folder.resolve(name));
            }
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
