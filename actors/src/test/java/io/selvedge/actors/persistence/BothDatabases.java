// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.postgres.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file and a server, both waiting for the disk, for measures. */
final class BothDatabases {
    private BothDatabases() {}

    /** Something to be measured on a database. */
    interface Measure {
        void on(String database, JournalSettings settings) throws Exception;
    }

    interface Work {
        void run() throws Exception;
    }

    static void measure(Measure measure) throws Exception {
        var folder = Files.createTempDirectory("journal-rate");
        try (var server = Postgres.start(Postgres.Durability.FULL)) {
            measure.on("h2", TestJournals.file(folder));
            measure.on("postgresql", TestJournals.server(server.newDatabase(), folder));
        } finally {
            delete(folder);
        }
    }

    static double perSecond(int things, Work work) throws Exception {
        long started = System.nanoTime();
        work.run();
        return things / ((System.nanoTime() - started) / 1e9);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
