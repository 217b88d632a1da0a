// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Await;
import io.selvedge.lab.Lab;
import io.selvedge.lab.LabException;
import io.selvedge.lab.NodeStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A JVM dies and comes back under ping: it finds its tunnels standing and touches nothing. */
record Restart(String node) implements Step {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "the JVM of " + node + " is killed and started, nothing moves";
    }

    @Override
    public String run(Stage stage) {
        var lab = stage.lab();
        var before = ids(lab);
        var pingers = stage.ping(Flow.of(lab, stage.pairs().allowed()));
        Await.pass(Duration.ofSeconds(1));
        lab.process(node).kill();
        if (lab.status(node) != null) {
            throw new LabException(node + " still answers after its JVM was killed");
        }
        Await.pass(Duration.ofSeconds(1));
        long started = System.nanoTime();
        lab.process(node).start();
        boolean back = Await.until(PATIENCE, () -> lab.notConverged().isEmpty());
        double seconds = (System.nanoTime() - started) / 1e9;
        Await.pass(Duration.ofSeconds(2));
        var after = ids(lab);
        var reports = stage.allPassed(pingers);
        if (!back) {
            throw new LabException("not converged again: " + lab.notConverged());
        }
        if (!before.equals(after)) {
            throw new LabException("SA ids changed from %s to %s".formatted(before, after));
        }
        idle(lab.status(node));
        return "converged again after %.1f s; %d pings, none lost; SA ids stay; no operations"
                .formatted(seconds, Stage.total(reports));
    }

    /** The SA ids of the node's tunnels, from both ends. */
    private Map<String, String> ids(Lab lab) {
        var ids = new TreeMap<String, String>();
        for (var other : lab.topology().nodes()) {
            var status = lab.status(other.name());
            if (status == null) {
                continue;
            }
            for (var tunnel : status.tunnels()) {
                if (other.name().equals(node) || tunnel.peer().equals(node)) {
                    ids.put(other.name() + "-" + tunnel.peer(), tunnel.ids());
                }
            }
        }
        return ids;
    }

    private void idle(@org.jspecify.annotations.Nullable NodeStatus status) {
        if (status == null) {
            throw new LabException(node + " went down again");
        }
        List<String> moved = new ArrayList<>();
        status.operations()
                .forEach((driver, operations) -> {
                    if (operations.count() != 0) {
                        moved.add(
                                "%s %d, last for '%s'"
                                        .formatted(
                                                driver,
                                                operations.count(),
                                                operations.lastCause()));
                    }
                });
        if (!moved.isEmpty() || status.operations().isEmpty()) {
            throw new LabException("its operation counters are not 0: " + moved);
        }
    }
}
