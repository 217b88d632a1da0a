// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of the core, the quick ones first, until one fails. */
public final class Killers {
    static final int ALL_PASSED = 0;
    static final int CAUGHT = 3;
    static final String MARK = "caught by: ";

    private Killers() {}

    public static void main(String[] arguments) {
        run(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(
                                selectPackage("io.selvedge.fabric"),
                                selectPackage("io.selvedge.plan"),
                                selectPackage("io.selvedge.paths"))
                        .filters(
                                ClassNameFilter.includeClassNamePatterns(
                                        ".*(Test|Properties|Simulation)")));
        System.setProperty("selvedge.sim.fixed", "60");
        System.setProperty("selvedge.sim.fresh.seconds", "0");
        run(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(
                                selectPackage("io.selvedge.node.store"),
                                selectClass("io.selvedge.sim.SimulationTest"))
                        .filters(ClassNameFilter.includeClassNamePatterns(".*(Test|Properties)")));
        System.exit(ALL_PASSED);
    }

    private static void run(LauncherDiscoveryRequestBuilder request) {
        LauncherDiscoveryRequest built = request.build();
        LauncherFactory.create().execute(built, new FirstFailure());
    }

    private static final class FirstFailure implements TestExecutionListener {
        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                var name = test.getUniqueIdObject().getSegments();
                var message =
                        String.valueOf(result.getThrowable().map(Throwable::getMessage).orElse(""));
                System.out.println(
                        MARK
                                + String.join(
                                        " ",
                                        name.stream()
                                                .skip(1)
                                                .map(segment ->
                                                        segment.getValue().replaceAll(".*\\.", ""))
                                                .toList())
                                + ": "
                                + message.lines().findFirst().orElse(""));
                System.out.flush();
                Runtime.getRuntime().halt(CAUGHT);
            }
        }
    }
}
