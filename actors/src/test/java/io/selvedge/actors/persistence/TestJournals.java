// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.postgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;

/** Settings and claims for tests. */
public final class TestJournals {
    private TestJournals() {}

    public static JournalSettings file(Path folder) {
        return JournalSettings.parse("h2:" + folder.resolve("journal"), "", folder);
    }

    public static JournalSettings server(Database database, Path folder) throws IOException {
        var password = Files.writeString(folder.resolve("password"), database.password() + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        return JournalSettings.parse(database.url(), password.toString(), folder);
    }

    public static Claim alone(String node) {
        return of(node, Set.of(node));
    }

    public static Claim of(String node, Set<String> cloudNodes) {
        return new Claim("fabric-1", node, new TreeSet<>(cloudNodes));
    }
}
