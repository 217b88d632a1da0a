// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.cli.Selvedge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the authority stands on is in no edge's memory, also where it is on the class path. */
class EdgeClassesTest {
    private static final List<String> AUTHORITYS =
            List.of(
                    "akka.http.",
                    "akka.persistence.",
                    "akka.projection.",
                    "akka.serialization.jackson.",
                    "com.fasterxml.jackson.databind.",
                    "com.zaxxer.hikari.",
                    "org.flywaydb.",
                    "org.h2.",
                    "org.postgresql.",
                    "slick.");

    @TempDir private Path folder;

    @Test
    void aNodeWithoutTheAuthorityLoadsNoneOfItsLibraries() throws Exception {
        var output = folder.resolve("output");
        var loaded = folder.resolve("loaded");
        var train =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Xlog:class+load:file=" + loaded + "::filecount=0",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Selvedge.class.getName(),
                                "train",
                                "--folder",
                                folder.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(train.waitFor()).as(() -> read(output)).isZero();
        var classes =
                Files.readAllLines(loaded).stream()
                        .map(line -> line.replaceFirst("^(\\[.*?])+ ", "").replaceFirst(" .*", ""))
                        .toList();
        assertThat(classes).contains("akka.cluster.Cluster");
        assertThat(classes.stream().filter(name -> AUTHORITYS.stream().anyMatch(name::startsWith)))
                .isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
