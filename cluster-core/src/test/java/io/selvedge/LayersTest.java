// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import io.selvedge.model.IpAddress;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** What the pure packages must not know. */
@AnalyzeClasses(packages = "io.selvedge", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    private static final String MODEL = "io.selvedge.model..";
    private static final String WIRE = "io.selvedge.wire..";
    private static final String FABRIC = "io.selvedge.fabric..";
    private static final String PLAN = "io.selvedge.plan..";
    private static final String PATHS = "io.selvedge.paths..";
    private static final String REPORT = "io.selvedge.report..";
    private static final String PROTO = "io.selvedge.wire.proto..";

    @ArchTest
    static final ArchRule PURE_PACKAGES_KNOW_NO_AKKA =
            pure().should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("akka..", "scala..")
                    .because("an actor is one of the shells around them, the simulator another");

    @ArchTest
    static final ArchRule PURE_PACKAGES_DO_NO_IO =
            pure().should()
                    .dependOnClassesThat(
                            resideInAnyPackage(
                                            "java.io..", "java.nio.file..", "java.nio.channels..")
                                    .and(not(type(Serializable.class))))
                    .because("they must run unchanged in the simulator, from one seed");

    @ArchTest
    static final ArchRule PURE_PACKAGES_KNOW_NO_NETWORK =
            pure().and(not(type(IpAddress.class)))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("java.net..")
                    .because("addresses are values of the model; sockets are the shell's");

    @ArchTest
    static final ArchRule ADDRESSES_ARE_LITERALS =
            noClasses()
                    .that()
                    .areAssignableTo(IpAddress.class)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("java.net..")
                                    .and(not(type(InetAddress.class)))
                                    .and(not(type(UnknownHostException.class))))
                    .because("only the parsing of literals is borrowed from java.net");

    @ArchTest
    static final ArchRule TIME_IS_AN_ARGUMENT =
            pure().should()
                    .dependOnClassesThat(type(Clock.class))
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .because("a schedule must play the same every time");

    @ArchTest
    static final ArchRule RANDOMNESS_IS_AN_ARGUMENT =
            pure().should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Random.class, ThreadLocalRandom.class, SecureRandom.class)
                    .orShould()
                    .callMethod(Math.class, "random")
                    .because("a seed must lead to the same run every time");

    @ArchTest
    static final ArchRule PURE_PACKAGES_HAVE_NO_THREADS =
            pure().should()
                    .dependOnClassesThat(
                            type(Thread.class).or(resideInAPackage("java.util.concurrent..")))
                    .because("one thread owns each of their objects: whose is the shell's choice");

    @ArchTest
    static final ArchRule ONLY_WIRE_KNOWS_PROTOBUF =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(WIRE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(PROTO, "com.google.protobuf..")
                    .because("bytes are trusted in one place, after it looked at each field");

    @ArchTest
    static final ArchRule THE_MODEL_KNOWS_NOTHING_ELSE =
            noClasses()
                    .that()
                    .resideInAPackage(MODEL)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(WIRE, FABRIC, PLAN, PATHS, REPORT)
                    .because("everything is said in the model's words");

    @ArchTest
    static final ArchRule WIRE_KNOWS_ONLY_THE_MODEL =
            noClasses()
                    .that()
                    .resideInAPackage(WIRE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(FABRIC, PLAN, PATHS, REPORT)
                    .because("records are merged and believed by those who read them");

    @ArchTest
    static final ArchRule FABRIC_DOES_NOT_PLAN =
            noClasses()
                    .that()
                    .resideInAPackage(FABRIC)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(PLAN, PATHS, REPORT)
                    .because("records lead to plans, and nothing leads back");

    @ArchTest
    static final ArchRule NOTHING_WAITS_FOR_A_REPORT =
            noClasses()
                    .that()
                    .resideInAnyPackage(PLAN, PATHS)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(REPORT)
                    .because("what is reported follows from what was done, never the reverse");

    private static GivenClassesConjunction pure() {
        return noClasses()
                .that()
                .resideInAnyPackage(MODEL, WIRE, FABRIC, PLAN, PATHS, REPORT)
                .and(not(resideInAPackage(PROTO)));
    }
}
