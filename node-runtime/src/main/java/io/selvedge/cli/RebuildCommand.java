// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import io.selvedge.model.RecordKey;
import io.selvedge.node.authority.AuthorityPlace;
import io.selvedge.node.authority.LostAuthority;
import io.selvedge.node.authority.RecordKeyFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code selvedge authority rebuild}: a lost journal, from the records that nodes hold. */
@Command(
        name = "rebuild",
        description = "Fill an empty journal from the signed records that nodes hold.")
final class RebuildCommand implements Callable<Integer> {
    @Mixin private AuthorityOptions options = new AuthorityOptions();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DATA_DIR",
            description = "The data-dir of a node, best of a connector; may be given again.")
    private List<Path> from = List.of();

    @Option(
            names = "--whole",
            description = "There is no more than these hold, though one edge might keep as much.")
    private boolean whole;

    @Option(
            names = "--authority",
            paramLabel = "HEX",
            description = "The lost authority's public key, if the root lists several.")
    private @Nullable String authority;

    @Option(
            names = "--new-key",
            description = "The private key is lost as well: make another; needs --root-key.")
    private boolean newKey;

    @Option(
            names = "--root-key",
            paramLabel = "FILE",
            description = "The offline root's private key, which names the new one.")
    private @Nullable Path rootKey;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        var place = options.place();
        checkKeys(place);
        var root = newKey && rootKey != null ? RecordKeyFile.read(rootKey) : null;
        var lost = LostAuthority.read(place, from);
        var rebuilt = lost.rebuild(authority == null ? null : RecordKey.ofHex(authority));
        if (rebuilt.narrow() != null && !whole) {
            throw new IOException(
                    ("edge %s alone would keep all of these records, so there may be nodes that they do not"
                                    + " tell of: name a connector's data-dir too, or add --whole")
                            .formatted(rebuilt.narrow()));
        }
        long events = lost.fill(rebuilt);
        out().printf(
                        "%,d events in %s: %d nodes, %d Communities and services, epoch %d%n",
                        events,
                        place.journal(),
                        rebuilt.nodes().size(),
                        rebuilt.named().size(),
                        rebuilt.epoch());
        if (root != null) {
            tellCost(place, lost.replaceKey(root));
        }
        return 0;
    }

    private void checkKeys(AuthorityPlace place) throws IOException {
        boolean there = Files.exists(place.key());
        if (newKey && rootKey == null) {
            throw new IOException("a new key is named by the root: add --root-key FILE");
        }
        if (newKey && there) {
            throw new IOException(
                    "%s is there: drop --new-key, or move that key away if it is not the authority's"
                            .formatted(place.key()));
        }
        if (!newKey && !there) {
            throw new IOException(
                    "%s is missing: put the authority's key there, or, if it is lost for good, add --new-key and --root-key FILE"
                            .formatted(place.key()));
        }
    }

    private void tellCost(AuthorityPlace place, RecordKey key) {
        out().printf("new authority %s, its private key is %s%n", key, place.key());
        out().printf("%s holds the root's word for it%n", place.enrolment());
        List.of(
                        "copy the key to the other cloud nodes, if there are any",
                        "every record is signed anew and sent to every node in its scope",
                        "what changes for a node that has a grant may count only once the lost key is retired",
                        "whoever finds the lost key is believed until then",
                        "nodes that proved consent to the lost key have to be registered again",
                        "once `selvedge status` of the nodes is quiet: selvedge authority retire")
                .forEach(line -> out().println("  - " + line));
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
