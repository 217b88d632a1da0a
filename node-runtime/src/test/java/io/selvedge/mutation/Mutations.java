// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.mutation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Compiles each mutant alone, lets the tests of the core run on it in a JVM of its own, and tells
 * who caught it. Run by {@code ./selvedge mutations [REGEX]}; ends with 1 when one survives.
 */
public final class Mutations {
    private static final Path LIST =
            Path.of("node-runtime/src/test/resources/mutations/mutants.txt");
    private static final long MINUTES_MAX = 5;

    private final Path project;
    private final String classpath;

    private Mutations(Path project, String classpath) {
        this.project = project;
        this.classpath = classpath;
    }

    /** What became of a mutant; {@code by} is empty when it survived. */
    private record Fate(Mutant mutant, String by, long seconds) {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var project = Path.of(System.getProperty("selvedge.project", "..")).toRealPath();
        var wanted = Pattern.compile(arguments.length == 0 ? "" : arguments[0]);
        var core = project.resolve("cluster-core/target");
        var classpath =
                String.join(
                        File.pathSeparator,
                        core.resolve("classes").toString(),
                        core.resolve("test-classes").toString(),
                        System.getProperty(
                                "selvedge.classpath", System.getProperty("java.class.path")));
        var mutations = new Mutations(project, classpath);
        var survivors = new ArrayList<Mutant>();
        int all = 0;
        for (var mutant : Mutant.read(project.resolve(LIST))) {
            if (wanted.matcher(mutant.name()).find()) {
                var fate = mutations.run(mutant);
                print(fate);
                all++;
                if (fate.by().isEmpty()) {
                    survivors.add(mutant);
                }
            }
        }
        System.out.printf("%d of %d mutants caught%n", all - survivors.size(), all);
        System.exit(survivors.isEmpty() ? 0 : 1);
    }

    private static void print(Fate fate) {
        System.out.printf(
                "%-34s %4d s  %s%n",
                fate.mutant().name(), fate.seconds(), fate.by().isEmpty() ? "SURVIVED" : fate.by());
    }

    private Fate run(Mutant mutant) throws IOException, InterruptedException {
        long start = System.nanoTime();
        var folder = Files.createTempDirectory("mutant");
        try {
            compile(mutant, folder);
            var by = caughtBy(folder);
            return new Fate(mutant, by, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
        } finally {
            delete(folder);
        }
    }

    private void compile(Mutant mutant, Path folder) throws IOException {
        var source = folder.resolve("source").resolve(mutant.file().getFileName().toString());
        Files.createDirectories(folder.resolve("source"));
        Files.createDirectories(folder.resolve("classes"));
        Files.writeString(source, mutant.source(project));
        int answer =
                ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-nowarn",
                                "-parameters",
                                "-cp",
                                classpath,
                                "-d",
                                folder.resolve("classes").toString(),
                                source.toString());
        if (answer != 0) {
            throw new IOException("mutant " + mutant.name() + " does not compile");
        }
    }

    /** The first test that fails; a run that never ends is caught too. */
    private String caughtBy(Path folder) throws IOException, InterruptedException {
        var said = folder.resolve("said");
        var command =
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        folder.resolve("classes") + File.pathSeparator + classpath,
                        Killers.class.getName());
        var process =
                new ProcessBuilder(command)
                        .directory(project.resolve("node-runtime").toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        if (!process.waitFor(MINUTES_MAX, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            return "it never ends";
        }
        return switch (process.exitValue()) {
            case Killers.ALL_PASSED -> "";
            case Killers.CAUGHT ->
                    Files.readString(said)
                            .lines()
                            .filter(line -> line.startsWith(Killers.MARK))
                            .map(line -> line.substring(Killers.MARK.length()))
                            .findFirst()
                            .orElseThrow();
            default -> throw new IOException(Files.readString(said));
        };
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
