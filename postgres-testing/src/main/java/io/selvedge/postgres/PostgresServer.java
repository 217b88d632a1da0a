// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One {@link Postgres} server for all tests of a JVM, which ends with the last of them:
 * {@code @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();}
 */
public final class PostgresServer implements BeforeAllCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(PostgresServer.class);

    private @Nullable Postgres server;

    @Override
    public void beforeAll(ExtensionContext context) {
        server =
                context.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent(Postgres.class, _ -> startOne(), Postgres.class);
    }

    /** An empty database of this test's own. */
    public Database newDatabase() {
        if (server == null) {
            throw new IllegalStateException("register the extension in a static field");
        }
        return server.newDatabase();
    }

    private static Postgres startOne() {
        try {
            return Postgres.start(Postgres.Durability.NONE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
