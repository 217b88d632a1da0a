// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Await;
import io.selvedge.lab.LabException;
import io.selvedge.lab.Pinger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The cut heals and the manifests return: cloud and edges talk again within five seconds. */
record CloudBack() implements Step {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "the cloud is back within 5 s";
    }

    @Override
    public String run(Stage stage) {
        var lab = stage.lab();
        var flows = new ArrayList<Flow>();
        for (var cloud : stage.pairs().cloudNodes()) {
            for (var edge : stage.pairs().edges()) {
                var cloudPod = Flow.firstPod(lab, cloud);
                var edgePod = Flow.firstPod(lab, edge);
                flows.add(Flow.betweenPods(lab, cloudPod, edgePod));
                flows.add(Flow.betweenPods(lab, edgePod, cloudPod));
            }
        }
        Alone.rename(Alone.away(lab.intentFolder()), lab.intentFolder());
        var pingers = stage.ping(flows);
        long healed = System.nanoTime();
        lab.healAll();
        boolean back = Await.until(PATIENCE, () -> silent(pingers, flows).isEmpty());
        double seconds = (System.nanoTime() - healed) / 1e9;
        var silent = silent(pingers, flows);
        Pinger.stop(pingers);
        if (!back || seconds > LIMIT.toSeconds()) {
            throw new LabException(
                    "after %.1f s: %s"
                            .formatted(
                                    seconds,
                                    silent.isEmpty()
                                            ? "all answer, too late"
                                            : "no answer on " + silent));
        }
        if (!lab.awaitConverged(PATIENCE)) {
            throw new LabException("pods answer, but not converged: " + lab.notConverged());
        }
        return "all %d flows between cloud and edge pods answer %.1f s after the heal"
                .formatted(flows.size(), seconds);
    }

    private static List<String> silent(List<Pinger> pingers, List<Flow> flows) {
        var names = new ArrayList<String>();
        for (int i = 0; i < pingers.size(); i++) {
            if (!pingers.get(i).answeredAfter(0)) {
                names.add(flows.get(i).name());
            }
        }
        return names;
    }
}
