// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import java.io.IOException;
import java.nio.file.Path;

/** Another process that has a journal's file open, until it is ended. */
final class Holder {
    private static final String OPEN = "open";

    private Holder() {}

    /** Returns when the other process has the file. */
    static Process fork(Path folder) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var process =
                new ProcessBuilder(
                                java.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Holder.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        for (var line : (Iterable<String>) process.inputReader().lines()::iterator) {
            if (line.equals(OPEN)) {
                return process;
            }
        }
        throw new IOException("the holder ended");
    }

    public static void main(String[] arguments) throws Exception {
        var settings = new JournalSettings.H2(Path.of(arguments[0]));
        try (var _ = Journal.open(settings, TestJournals.alone("other"))) {
            System.out.println(OPEN);
            // Ends when the parent does, too: then the pipe closes.
            var _ = System.in.read();
        }
    }
}
