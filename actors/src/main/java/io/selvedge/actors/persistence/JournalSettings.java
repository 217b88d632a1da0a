// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.persistence;

import io.selvedge.model.IpAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where the authority's journal lies: the meaning of {@value #FIELD}. */
public sealed interface JournalSettings {
    String FIELD = "selvedge.node.authority.journal";
    String PASSWORD_FIELD = "selvedge.node.authority.password-file";

    /** A file that one process uses: for one cloud node. */
    record H2(Path folder) implements JournalSettings {
        @Override
        public String toString() {
            return "h2:" + folder;
        }
    }

    /**
     * A server that one cloud node uses alone, or at least three share.
     *
     * @param options of the driver: {@code sslmode}, {@code sslrootcert}, {@code currentSchema}
     * @param passwordFile read when connecting; null where the server asks for no password
     */
    record PostgreSql(
            String host,
            int port,
            String database,
            String user,
            SortedMap<String, String> options,
            @Nullable Path passwordFile)
            implements JournalSettings {
        private static final List<String> OPTIONS =
                List.of("sslmode", "sslrootcert", "sslcert", "sslkey", "currentSchema");

        public PostgreSql {
            options = new TreeMap<>(options);
            for (var name : options.keySet()) {
                require(
                        OPTIONS.contains(name),
                        "knows no '%s'; beside user it takes %s"
                                .formatted(name, String.join(", ", OPTIONS)));
            }
            if (!isLoopback(host)) {
                var mode = options.computeIfAbsent("sslmode", _ -> "verify-full");
                require(
                        Set.of("verify-full", "verify-ca").contains(mode),
                        ("has sslmode=%s, which proves no server's identity; over a network use"
                                        + " sslmode=verify-full with sslrootcert=<file of the server's CA>")
                                .formatted(mode));
            }
        }

        @Override
        public String toString() {
            return "postgresql://%s:%d/%s?user=%s".formatted(host, port, database, user);
        }
    }

    /**
     * Reads the setting.
     *
     * @param journal {@code h2}, {@code h2:<folder>} or {@code
     *     postgresql://host[:port]/database?user=name[&sslrootcert=file]}
     * @param passwordFile blank for none
     * @param dataDir where {@code h2} without a folder lies
     * @throws IllegalArgumentException when it is none of these, saying what to do
     */
    static JournalSettings parse(String journal, String passwordFile, Path dataDir) {
        if (journal.equals("h2") || journal.startsWith("h2:")) {
            require(
                    passwordFile.isBlank(),
                    "is an H2 file, which has no password: leave " + PASSWORD_FIELD + " empty");
            var folder = journal.substring(Math.min(3, journal.length())).strip();
            return new H2(
                    (folder.isEmpty() ? dataDir.resolve("journal") : Path.of(folder))
                            .toAbsolutePath());
        }
        require(
                journal.startsWith("postgresql://"),
                "is '%s'; it must be h2, h2:<folder> or postgresql://host:port/database?user=name"
                        .formatted(journal));
        return postgreSql(journal, passwordFile.isBlank() ? null : Path.of(passwordFile));
    }

    private static PostgreSql postgreSql(String journal, @Nullable Path passwordFile) {
        URI uri;
        try {
            uri = new URI(journal);
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException(FIELD + " " + wrong.getMessage(), wrong);
        }
        var options = query(uri);
        require(
                uri.getUserInfo() == null && !options.containsKey("password"),
                "must hold no password; write it to a file of mode 600 and name that in "
                        + PASSWORD_FIELD);
        var user = options.getOrDefault("user", "");
        options.remove("user");
        var database = uri.getPath() == null ? "" : uri.getPath().replaceFirst("^/", "");
        require(uri.getHost() != null, "names no host");
        require(!database.isEmpty(), "names no database after the host");
        require(!user.isEmpty(), "names no user: append ?user=name");
        int port = uri.getPort() < 0 ? 5432 : uri.getPort();
        return new PostgreSql(uri.getHost(), port, database, user, options, passwordFile);
    }

    private static SortedMap<String, String> query(URI uri) {
        var options = new TreeMap<String, String>();
        var query = uri.getQuery();
        for (var part : query == null ? new String[0] : query.split("&", -1)) {
            int equals = part.indexOf('=');
            require(equals > 0, "has '" + part + "' where name=value should stand");
            options.put(part.substring(0, equals), part.substring(equals + 1));
        }
        return options;
    }

    private static boolean isLoopback(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        try {
            var literal = host.replaceAll("^\\[|]$", "");
            return IpAddress.parse(literal).toInetAddress().isLoopbackAddress();
        } catch (IllegalArgumentException aName) {
            return false;
        }
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new IllegalArgumentException(FIELD + " " + problem);
        }
    }
}
