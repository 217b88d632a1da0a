// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Await;
import io.selvedge.lab.LabException;
import io.selvedge.lab.PingReport;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The underlay heals, direct paths come up and take over from the relay, under ping. */
record TakeOver() implements Step {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "direct paths take over, nothing lost";
    }

    @Override
    public String run(Stage stage) {
        var pingers = stage.ping(Flow.of(stage.lab(), stage.pairs().allowed()));
        Await.pass(Duration.ofSeconds(1));
        long healed = System.nanoTime();
        stage.lab().healAll();
        boolean direct = Await.until(PATIENCE, () -> Paths.notDirect(stage).isEmpty());
        double seconds = (System.nanoTime() - healed) / 1e9;
        Await.pass(Duration.ofSeconds(2));
        var wrong = Paths.notDirect(stage);
        var reports = stage.allPassed(pingers);
        if (!direct || !wrong.isEmpty()) {
            throw new LabException("after %.0f s not direct: %s".formatted(seconds, wrong));
        }
        stillRelayed(stage, reports);
        stage.progress().show(stage.lab().snapshot().table());
        return "%d direct paths %.1f s after the heal; %d pings, none lost, longest gap %d ms"
                .formatted(
                        stage.pairs().direct().size(),
                        seconds,
                        Stage.total(reports),
                        Stage.longestGap(reports));
    }

    /** A packet that takes a new path arrives with another TTL: proof beside the nodes' word. */
    private static void stillRelayed(Stage stage, List<PingReport> reports) {
        Set<String> direct = new HashSet<>();
        Flow.of(stage.lab(), stage.pairs().direct()).forEach(flow -> direct.add(flow.name()));
        var same =
                reports.stream()
                        .filter(report ->
                                direct.contains(report.flow()) && report.ttlChanges().isEmpty())
                        .map(PingReport::flow)
                        .toList();
        if (!same.isEmpty()) {
            throw new LabException(
                    "said to be direct, but their packets' TTL never changed: " + same);
        }
    }
}
