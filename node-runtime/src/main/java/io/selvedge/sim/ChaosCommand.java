// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import io.selvedge.sim.world.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code selvedge simulate chaos}: small fabrics, run whole through cuts, crashes, lies and misused
 * keys. Ends with 1 when an invariant broke.
 */
@Command(
        name = "chaos",
        description =
                "Run small fabrics whole through faults drawn from seeds, and check that what must"
                        + " hold does.")
public final class ChaosCommand implements Callable<Integer> {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})\\.\\.(\\d{1,18})");
    private static final int SHRINK_RUNS = 400;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seed", description = "Run the world of this seed.")
    private @Nullable Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "FROM..TO",
            description = "Run many, and stop at the first that breaks (default: 1..100).")
    private String seeds = "1..100";

    @Option(names = "--shrink", description = "Make what breaks as short as it gets.")
    private boolean shrink;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Where the report goes (default: chaos-SEED.md).")
    private @Nullable Path report;

    @Override
    public Integer call() throws IOException {
        long from;
        long to;
        var one = seed;
        if (one != null) {
            from = one;
            to = one;
        } else {
            var range = RANGE.matcher(seeds);
            if (!range.matches()) {
                throw new ParameterException(
                        spec.commandLine(), "--seeds is FROM..TO, as 1..1000, not " + seeds);
            }
            from = Long.parseLong(range.group(1));
            to = Long.parseLong(range.group(2));
        }
        if (from > to) {
            throw new ParameterException(
                    spec.commandLine(), "--seeds goes from the lower to the higher, not " + seeds);
        }
        var sweep = new Sweep(from, to, this::say);
        var failed = sweep.run();
        if (failed == null) {
            var out = spec.commandLine().getOut();
            out.println(sweep.summary());
            out.flush();
            return 0;
        }
        tell(failed);
        return 1;
    }

    private void tell(Outcome.Failed failed) throws IOException {
        long broken = failed.scenario().seed();
        var out = spec.commandLine().getOut();
        var told = failed;
        if (shrink) {
            say("shrinking");
            told = Shrinker.shrink(failed, Code.SHIPPED, SHRINK_RUNS, this::say);
        }
        var lines = Report.of(told, broken, Code.SHIPPED);
        var file = report == null ? Path.of("chaos-" + broken + ".md") : report;
        Files.write(file, lines);
        lines.stream().limit(shrink ? lines.size() : 5).forEach(out::println);
        out.println("report: " + file.toAbsolutePath());
        out.flush();
    }

    private void say(String progress) {
        var err = spec.commandLine().getErr();
        err.println(progress);
        err.flush();
    }
}
