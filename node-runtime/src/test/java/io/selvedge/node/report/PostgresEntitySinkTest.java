// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresEntitySinkTest extends EntitySinkContract {
    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @Override
    JournalSettings settings(Path folder) throws IOException {
        var database = POSTGRES.newDatabase();
        var password = Files.writeString(folder.resolve("password"), database.password() + "\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        return JournalSettings.parse(database.url(), password.toString(), folder);
    }
}
