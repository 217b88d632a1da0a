// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import io.selvedge.model.RecordKey;
import io.selvedge.node.authority.LostAuthority;
import io.selvedge.node.authority.RecordKeyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code selvedge authority retire}: the root revokes the key of an authority that was replaced.
 */
@Command(
        name = "retire",
        description =
                "Have the root revoke an authority's key; it counts from this node's next start.")
final class RetireCommand implements Callable<Integer> {
    @Mixin private AuthorityOptions options = new AuthorityOptions();

    @Option(
            names = "--authority",
            required = true,
            paramLabel = "HEX",
            description = "Its public key.")
    private String authority = "";

    @Option(
            names = "--root-key",
            required = true,
            paramLabel = "FILE",
            description = "The offline root's private key.")
    private Path rootKey = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var place = options.place();
        var key = RecordKey.ofHex(authority);
        LostAuthority.read(place, List.of()).retire(RecordKeyFile.read(rootKey), key);
        spec.commandLine()
                .getOut()
                .printf(
                        "%s says that %s is revoked; start this node again%n",
                        place.enrolment(), key);
        return 0;
    }
}
