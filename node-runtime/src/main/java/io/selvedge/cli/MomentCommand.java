// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that shows how things stood at a moment. */
abstract class MomentCommand implements Callable<Integer> {
    private final String path;

    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private AuthorityClient authority = new AuthorityClient();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description =
                    "2026-11-22T14:00:00Z, 2026-11-22 14:00, 14:00, yesterday 14:00, 10m (ago); now"
                            + " without it.")
    private @Nullable String at;

    @Option(names = "-o", description = "text or json (default: ${DEFAULT-VALUE})")
    private Format format = Format.text;

    MomentCommand(String path) {
        this.path = path;
    }

    /** What people are shown, in lines that end. */
    abstract String text(Shown answer);

    @Override
    public Integer call() throws IOException {
        Map<String, String> query =
                at == null ? Map.of() : Map.of("at", Moments.fromNow().parse(at).toString());
        var answer = new Shown(authority.get(path, query));
        var out = spec.commandLine().getOut();
        switch (format) {
            case text -> out.printf("as of %s%n%n%s", answer.time("at"), text(answer));
            case json -> out.println(answer.json());
        }
        out.flush();
        return 0;
    }
}
