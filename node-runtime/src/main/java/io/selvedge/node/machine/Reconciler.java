// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.machine;

import io.selvedge.node.status.OperationLedger;
import io.selvedge.plan.Diff;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Resource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the machine to a plan, driver by driver, in the order that fails closed: routes and filter
 * stand before a pod can be made and before a tunnel can come up. A driver that fails stops the
 * pass. Blocks; used by one thread.
 */
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final List<Part<?>> parts;
    private final OperationLedger ledger;
    private final InstantSource clock;

    /** Works on {@code parts} in their order. */
    public Reconciler(List<Part<?>> parts, OperationLedger ledger, InstantSource clock) {
        this.parts = List.copyOf(parts);
        this.ledger = ledger;
        this.clock = clock;
        this.parts.forEach(part -> ledger.open(part.driver().name()));
    }

    /**
     * One pass; when it returns, the machine holds the plan.
     *
     * @param drift whether this plan had been reached before, so that any difference is tampering
     */
    public void reconcile(Plan plan, boolean drift) throws IOException {
        for (var part : parts) {
            bring(part, plan, drift);
        }
    }

    private <R extends Resource> void bring(Part<R> part, Plan plan, boolean drift)
            throws IOException {
        var driver = part.driver();
        var diff = Diff.between(driver.observe(), part.wanted().apply(plan));
        if (diff.isEmpty()) {
            return;
        }
        var cause = (drift ? OperationLedger.DRIFT : "") + cause(diff);
        LOG.atInfo()
                .addKeyValue("driver", driver.name())
                .addKeyValue("cause", cause)
                .addKeyValue("add", keys(diff))
                .addKeyValue("remove", diff.remove())
                .log("reconcile");
        ledger.note(driver.name(), diff.size(), cause, clock.instant());
        driver.apply(diff);
    }

    private static <R extends Resource> String cause(Diff<R> diff) {
        return diff.add().isEmpty()
                ? "no longer planned: " + diff.remove().first()
                : diff.add().getFirst().reason().toString();
    }

    private static <R extends Resource> String keys(Diff<R> diff) {
        return diff.add().stream()
                .map(planned -> planned.resource().key())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
