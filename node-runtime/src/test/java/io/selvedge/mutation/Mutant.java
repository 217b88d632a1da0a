// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.mutation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One change of one source that breaks a law.
 *
 * @param file from the project's folder
 * @param from text that stands once in the file
 */
record Mutant(String name, String breaks, Path file, String from, String to) {
    private static final Pattern BLOCK = Pattern.compile("(?m)^## ");

    /** Reads a list: see the head of {@code mutants.txt} for its form. */
    static List<Mutant> read(Path list) throws IOException {
        var mutants = new ArrayList<Mutant>();
        for (var block : BLOCK.splitAsStream(Files.readString(list)).toList()) {
            if (!block.startsWith("#")) {
                mutants.add(parse(block));
            }
        }
        return mutants;
    }

    private static Mutant parse(String block) {
        var lines = block.lines().toList();
        var from = new ArrayList<String>();
        var to = new ArrayList<String>();
        for (var line : lines.subList(3, lines.size())) {
            if (line.startsWith("-")) {
                from.add(line.substring(1));
            } else if (line.startsWith("+")) {
                to.add(line.substring(1));
            } else if (!line.isBlank()) {
                throw new IllegalArgumentException("neither - nor +: " + line);
            }
        }
        return new Mutant(
                lines.get(0).strip(),
                lines.get(1).strip(),
                Path.of(lines.get(2).strip()),
                String.join("\n", from),
                String.join("\n", to));
    }

    /** The source with the change in it. */
    String source(Path project) throws IOException {
        var source = Files.readString(project.resolve(file));
        int at = source.indexOf(from);
        if (at < 0 || source.indexOf(from, at + 1) >= 0) {
            throw new IOException(
                    "mutant %s: its text stands not once in %s; bring mutants.txt up to date"
                            .formatted(name, file));
        }
        return source.substring(0, at) + to + source.substring(at + from.length());
    }
}
