// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.plan.Diff;
import io.selvedge.plan.Planned;
import io.selvedge.plan.Reason;
import io.selvedge.plan.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the reconciler relies on: applying a difference gives what was desired, and no more. */
public abstract class DriverContract<R extends Resource> {
    private static final Reason TEST = new Reason("a test wants it", List.of());

    /** A driver on the machine under test, as after a start of the process: without memory. */
    protected abstract Driver<R> opened() throws IOException;

    /** What to plan at first. */
    protected abstract List<R> first();

    /** What to plan later: some of the first, and others. */
    protected abstract List<R> second();

    /** Keys that nobody can take away, only replace: a setting of the kernel. */
    protected boolean isLasting(String key) {
        return false;
    }

    /** Takes away, behind the driver's back, what the key names; true if it did. */
    protected abstract void drift(String key) throws IOException;

    protected static <R extends Resource> SortedMap<String, Planned<R>> desired(List<R> resources) {
        var desired = new TreeMap<String, Planned<R>>();
        resources.forEach(each -> desired.put(each.key(), new Planned<>(each, TEST)));
        return desired;
    }

    protected Diff<R> towards(List<R> resources) throws IOException {
        return Diff.between(opened().observe(), desired(resources));
    }

    /** Reconciles as a node does: observe, diff, apply, with a driver that remembers nothing. */
    protected void reconcile(List<R> resources) throws IOException {
        opened().apply(towards(resources));
    }

    protected void assertStanding(List<R> resources) throws IOException {
        var driver = opened();
        for (int look = 0; look < 2; look++) {
            var diff = Diff.between(driver.observe(), desired(resources));
            assertThat(diff.add()).as("what is missing at look %d", look).isEmpty();
            assertThat(diff.remove()).as("too much at look %d", look).allMatch(this::isLasting);
        }
    }

    @Test
    void nothingOfOursStandsAtFirst() throws IOException {
        assertThat(opened().observe()).allMatch(this::isLasting);
    }

    @Test
    void whatIsPlannedStandsAndTheSecondDifferenceIsEmpty() throws IOException {
        reconcile(first());
        assertStanding(first());
    }

    @Test
    void aChangedPlanReplacesTheOldOne() throws IOException {
        reconcile(first());
        reconcile(second());
        assertStanding(second());
        reconcile(first());
        assertStanding(first());
    }

    @Test
    void anEmptyPlanLeavesNothing() throws IOException {
        reconcile(first());
        reconcile(List.of());
        assertThat(opened().observe()).allMatch(this::isLasting);
        reconcile(first());
        assertStanding(first());
    }

    @Test
    void anEmptyDifferenceDoesNothing() throws IOException {
        opened().apply(new Diff<>(new TreeSet<>(), List.of()));
        assertThat(opened().observe()).allMatch(this::isLasting);
    }

    @Test
    void aHalfAppliedDifferenceIsRepaired() throws IOException {
        var half = new ArrayList<>(first());
        half.subList(half.size() / 2, half.size()).clear();
        reconcile(half);
        reconcile(first());
        assertStanding(first());
    }

    @Test
    void whatSomebodyTookAwayComesBack() throws IOException {
        for (var resource : first()) {
            if (!isLasting(resource.key())) {
                reconcile(first());
                drift(resource.key());
                assertThat(towards(first()).add())
                        .as("after loss of " + resource.key())
                        .isNotEmpty();
                reconcile(first());
                assertStanding(first());
            }
        }
    }
}
