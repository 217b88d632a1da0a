// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Await;
import io.selvedge.lab.LabException;
import io.selvedge.lab.LabSession;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The lab comes up with every direct underlay path cut, so that the relay has to carry all. */
record BringUp(LabSession session, Path manifests) implements Step {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "nodes up, converged on the relay";
    }

    @Override
    public String run(Stage stage) {
        var lab =
                session.up(
                        manifests,
                        (topology, fabric) ->
                                new Pairs(topology, fabric)
                                        .direct().stream().map(Pairs.Pair::cut).toList(),
                        PATIENCE);
        stage.enter(lab);
        if (!Await.until(
                PATIENCE, () -> lab.notConverged().isEmpty() && notRelayed(stage).isEmpty())) {
            throw new LabException(
                    "in %d s: not converged %s, not on the relay %s"
                            .formatted(
                                    PATIENCE.toSeconds(), lab.notConverged(), notRelayed(stage)));
        }
        return "%.1f s after the nodes were started"
                .formatted(session.sinceStart().toMillis() / 1000.0);
    }

    private static List<String> notRelayed(Stage stage) {
        var wrong = new ArrayList<String>();
        for (var pair : stage.pairs().direct()) {
            for (var end : List.of(pair, new Pairs.Pair(pair.b(), pair.a()))) {
                var path = Paths.of(stage.lab(), end);
                if (!path.equals("relay")) {
                    wrong.add("%s %s".formatted(end, path));
                }
            }
        }
        return wrong;
    }
}
