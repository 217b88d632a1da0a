// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code selvedge version}: which Selvedge this is, and on which Java it runs. */
@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "-o", description = "text or json (default: ${DEFAULT-VALUE})")
    private Format format = Format.text;

    @Override
    public Integer call() throws IOException {
        var facts = new LinkedHashMap<String, String>();
        facts.put("version", version());
        facts.put("java", Runtime.version().toString());
        var out = spec.commandLine().getOut();
        out.println(
                switch (format) {
                    case text -> "selvedge %s (Java %s)".formatted(facts.values().toArray());
                    case json -> JSON.std.asString(facts);
                });
        out.flush();
        return 0;
    }

    private static String version() throws IOException {
        var properties = new Properties();
        try (var in = VersionCommand.class.getResourceAsStream("version.properties")) {
            if (in == null) {
                throw new IOException("version.properties is not in the jar; build again");
            }
            properties.load(in);
        }
        return properties.getProperty("version", "unknown");
    }
}
