// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/** What the cores of entities must not know. */
@AnalyzeClasses(
        packages = "io.selvedge.actors",
        importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {
    private static final String[] CORES = {
        "io.selvedge.actors.entity..",
        "io.selvedge.actors.record..",
        "io.selvedge.actors.cluster..",
        "io.selvedge.actors.node..",
        "io.selvedge.actors.tunnel..",
        "io.selvedge.actors.community..",
        "io.selvedge.actors.service..",
        "io.selvedge.actors.intent.."
    };

    @ArchTest
    static final ArchRule CORES_KNOW_NO_AKKA_AND_NO_IO =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "akka..",
                            "scala..",
                            "java.io..",
                            "java.net..",
                            "java.nio.file..",
                            "java.util.concurrent..")
                    .because("an actor is one of the hosts, a property test another");

    @ArchTest
    static final ArchRule TIME_AND_CHANCE_ARE_ARGUMENTS =
            noClasses()
                    .that()
                    .resideInAnyPackage(CORES)
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Clock.class, Random.class)
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .because("a command that is repeated decides the same");
}
