// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The commit that runs, for whoever wants to see the same again. The launcher says it; a test run
 * looks for the checkout around its working folder.
 */
final class Commit {
    private static final int SHOWN = 10;

    private Commit() {}

    static String name() {
        var said = System.getProperty("selvedge.commit", "");
        return said.isEmpty() ? around(Path.of("").toAbsolutePath()) : said;
    }

    static String around(Path folder) {
        for (Path each = folder; each != null; each = each.getParent()) {
            var git = each.resolve(".git");
            if (Files.exists(git)) {
                try {
                    var commit = head(Files.isDirectory(git) ? git : linked(git));
                    return commit == null ? "unknown" : commit.substring(0, SHOWN);
                } catch (IOException | StringIndexOutOfBoundsException unreadable) {
                    return "unknown";
                }
            }
        }
        return "unknown";
    }

    /** A worktree's {@code .git} is a file that says where its folder is. */
    private static Path linked(Path file) throws IOException {
        var said = Files.readString(file).strip();
        return file.resolveSibling(said.substring(said.indexOf(' ') + 1));
    }

    private static @Nullable String head(Path git) throws IOException {
        var head = Files.readString(git.resolve("HEAD")).strip();
        if (!head.startsWith("ref: ")) {
            return head;
        }
        var name = head.substring("ref: ".length());
        var common = git.resolve("commondir");
        var shared = Files.exists(common) ? git.resolve(Files.readString(common).strip()) : git;
        if (Files.exists(shared.resolve(name))) {
            return Files.readString(shared.resolve(name)).strip();
        }
        try (var packed = Files.lines(shared.resolve("packed-refs"))) {
            return packed.filter(line -> line.endsWith(" " + name)).findFirst().orElse(null);
        }
    }
}
