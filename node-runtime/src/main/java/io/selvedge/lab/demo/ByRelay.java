// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Await;
import java.time.Duration;

/** The tunnels, and packets of each pair by the relay. */
record ByRelay() implements Step {
    @Override
    public String name() {
        return "pods and fabric addresses talk by the relay";
    }

    @Override
    public String run(Stage stage) {
        stage.progress().show(stage.lab().snapshot().table());
        var pingers = stage.ping(Flow.of(stage.lab(), stage.pairs().direct()));
        Await.pass(Duration.ofSeconds(1));
        var reports = stage.allPassed(pingers);
        return "%s by relay: %d pings, none lost"
                .formatted(stage.pairs().direct(), Stage.total(reports));
    }
}
