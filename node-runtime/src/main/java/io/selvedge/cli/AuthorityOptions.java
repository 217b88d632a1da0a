// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import io.selvedge.node.Identity;
import io.selvedge.node.NodeSettings;
import io.selvedge.node.authority.AuthorityPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose authority a command is about. */
final class AuthorityOptions {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Settings of the cloud node that holds the authority.")
    private Path config = Path.of("");

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description =
                    "The authority's private key; else the one that authority.key of the settings"
                            + " names.")
    private @Nullable Path key;

    AuthorityPlace place() throws IOException {
        var settings = NodeSettings.load(config);
        var identity = Identity.load(settings.enrolment());
        return new AuthorityPlace(
                settings.name(),
                identity.subject().cluster(),
                identity.root(),
                identity.records(),
                settings.enrolment().resolve("records"),
                settings.journal(),
                Objects.requireNonNullElse(key, settings.authorityKey()));
    }
}
