// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.postgres;

/** An empty database of a {@link Postgres} server, and who may enter. */
public record Database(String host, int port, String name, String user, String password) {
    /** Without the password, as the project's own settings take it. */
    public String url() {
        return "postgresql://%s:%d/%s?user=%s".formatted(host, port, name, user);
    }

    public String jdbcUrl() {
        return "jdbc:" + url();
    }
}
