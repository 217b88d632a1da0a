// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the private key goes with a backup, and under which passphrase. */
final class PassphraseOptions {
    @Option(
            names = "--with-key",
            description = "The authority's private key, too, under a passphrase.")
    private boolean withKey;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "Holds the passphrase; else it is asked for.")
    private @Nullable Path file;

    /** Null without the key. */
    char @Nullable [] passphrase() throws IOException {
        if (!withKey) {
            return null;
        }
        var given = file == null ? asked() : Files.readString(file).strip().toCharArray();
        if (given.length == 0) {
            throw new IOException("the passphrase is empty: give one that nobody guesses");
        }
        return given;
    }

    private static char[] asked() throws IOException {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("Passphrase: "))
                .orElseThrow(() ->
                        new IOException(
                                "nobody can be asked for a passphrase: add --passphrase-file"));
    }
}
