// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code selvedge authority}: what an operator keeps of the authority, and how it comes back. */
@Command(
        name = "authority",
        description = "Back up, restore or rebuild the authority; see docs/authority-backup.md.",
        subcommands = {RebuildCommand.class, RetireCommand.class})
final class AuthorityCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "name one of export, import, rebuild, retire");
    }

    @Command(
            name = "export",
            description = "Write the whole journal to a file, also while the authority runs.")
    int export(
            @Mixin AuthorityOptions options,
            @Mixin PassphraseOptions key,
            @Parameters(paramLabel = "FILE", description = "New; compressed if it ends in .gz.")
                    Path file)
            throws IOException {
        var place = options.place();
        long rows = place.export(file, key.passphrase());
        out().printf(
                        "%s: %,d rows of %s, fabric %s; read again and whole%n",
                        file, rows, place.journal(), place.cluster());
        return 0;
    }

    @Command(
            name = "import",
            description = "Fill an empty journal from such a file, while no authority runs.")
    int restore(
            @Mixin AuthorityOptions options,
            @Mixin PassphraseOptions key,
            @Parameters(paramLabel = "FILE", description = "What export wrote.") Path file)
            throws IOException {
        var place = options.place();
        long rows = place.restore(file, key.passphrase());
        out().printf(
                        "%,d rows of %s are in %s; start the cloud nodes, and the authority goes on above"
                                + " what the fabric holds%n",
                        rows, file, place.journal());
        return 0;
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
