// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.sim;

import io.selvedge.sim.scale.Meter;
import io.selvedge.sim.scale.ScaleRun;
import io.selvedge.sim.scale.ScaleSettings;
import java.io.Console;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code selvedge simulate}: what a fabric of a given size costs, and how fast it agrees. Ends with
 * 1 when something that was to arrive everywhere did not.
 */
@Command(
        name = "simulate",
        subcommands = ChaosCommand.class,
        description = "Run thousands of nodes' gossip in virtual time, and measure it.")
public final class SimulateCommand implements Callable<Integer> {
    private enum Format {
        text,
        json
    }

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", description = "All nodes (default: ${DEFAULT-VALUE}).")
    private int nodes = 1_000;

    @Option(names = "--sites", description = "Sites of edges (default: ${DEFAULT-VALUE}).")
    private int sites = 100;

    @Option(names = "--community", description = "Its members (default: ${DEFAULT-VALUE}).")
    private int community = 100;

    @Option(
            names = "--loss",
            converter = Share.class,
            description = "Datagrams lost, as 0.01 or 1%% (default: ${DEFAULT-VALUE}).")
    private double loss = 0.01;

    @Option(names = "--seed", description = "Draws everything (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(
            names = "--duration",
            converter = Span.class,
            description = "How long an idle fabric is watched, as 90s or 5m (default: 60s).")
    private Duration duration = Duration.ofSeconds(60);

    @Option(
            names = "--partition-hours",
            description = "Also split the fabric in two for so long (default: ${DEFAULT-VALUE}).")
    private double partitionHours;

    @Option(names = "--naive", description = "Measure 'all records everywhere' instead.")
    private boolean naive;

    @Option(names = "-o", description = "text or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Override
    public Integer call() {
        var line = spec.commandLine();
        var report = ScaleRun.measure(settings(), new Meter(line.getErr(), isTerminal()));
        line.getOut()
                .print(
                        switch (format) {
                            case text -> report.table();
                            case json -> report.json();
                        });
        line.getOut().flush();
        return report.isComplete() ? 0 : 1;
    }

    private ScaleSettings settings() {
        try {
            return new ScaleSettings(
                    nodes,
                    sites,
                    community,
                    loss,
                    seed,
                    duration,
                    Duration.ofSeconds(Math.round(partitionHours * 3_600)),
                    naive);
        } catch (IllegalArgumentException refused) {
            throw new ParameterException(spec.commandLine(), String.valueOf(refused.getMessage()));
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** A share, or per cent. */
    private static final class Share implements ITypeConverter<Double> {
        @Override
        public Double convert(String text) {
            boolean percent = text.endsWith("%");
            try {
                double number =
                        Double.parseDouble(percent ? text.substring(0, text.length() - 1) : text);
                return percent ? number / 100 : number;
            } catch (NumberFormatException notANumber) {
                throw new TypeConversionException(
                        "'" + text + "' is no share; write it as 0.01 or 1%");
            }
        }
    }

    /** A number of seconds, minutes or hours. */
    private static final class Span implements ITypeConverter<Duration> {
        private static final Pattern SPAN = Pattern.compile("(\\d{1,9})([smh]?)");

        @Override
        public Duration convert(String text) {
            var matcher = SPAN.matcher(text.toLowerCase(Locale.ROOT));
            if (!matcher.matches()) {
                throw new TypeConversionException(
                        "'" + text + "' is no duration; write it as 90s, 5m or 1h");
            }
            long number = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
        }
    }
}
