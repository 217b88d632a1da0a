// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cli;

import io.selvedge.lab.LabCommand;
import io.selvedge.lab.demo.DemoCommand;
import io.selvedge.sim.SimulateCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command {@code selvedge}. Whatever goes wrong is said in one line, without a stack trace
 * (unless {@code -Dselvedge.trace=true}), and ends with code {@value #FAILED}.
 */
@Command(
        name = "selvedge",
        description = "Secure container networking for Kubernetes at the edge.",
        mixinStandardHelpOptions = false,
        subcommands = {
            AuthorityCommand.class,
            DemoCommand.class,
            HistoryCommand.class,
            LabCommand.class,
            NodeCommand.class,
            SimulateCommand.class,
            StatusCommand.class,
            TopologyCommand.class,
            VersionCommand.class,
            TrainCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Selvedge implements Runnable {
    /** The code with which a command ends that was called wrongly or could not do its work. */
    public static final int FAILED = 2;

    @Spec private CommandSpec spec = CommandSpec.create();

    public static void main(String[] args) {
        if (args.length > 0
                && args[0].equals("node")
                && System.getProperty("selvedge.log") == null) {
            System.setProperty("selvedge.log", "INFO");
        }
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Selvedge())
                .setParameterExceptionHandler((wrong, _) -> say(wrong.getCommandLine(), wrong))
                .setExecutionExceptionHandler((failed, line, _) -> say(line, failed));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a command");
    }

    private static int say(CommandLine line, Exception problem) {
        if (Boolean.getBoolean("selvedge.trace")) {
            problem.printStackTrace(line.getErr());
        }
        var text = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        var firstLine = text.lines().findFirst().orElse("");
        var hint = problem instanceof ParameterException ? "; see 'selvedge help'" : "";
        line.getErr().println("selvedge: " + firstLine + hint);
        line.getErr().flush();
        return FAILED;
    }
}
