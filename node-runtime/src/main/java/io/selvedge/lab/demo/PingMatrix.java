// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Exec;
import io.selvedge.lab.Lab;
import io.selvedge.lab.LabException;
import io.selvedge.lab.Table;
import io.selvedge.lab.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** Every pod to every other: what the Communities allow passes, and nothing else. */
record PingMatrix() implements Step {
    private static final int PINGS = 3;
    private static final Pattern RECEIVED = Pattern.compile(", (\\d+) received");

    @Override
    public String name() {
        return "the ping matrix: allowed passes, forbidden does not";
    }

    @Override
    public String run(Stage stage) {
        var lab = stage.lab();
        var received = measure(lab);
        var table = new Table(head(lab));
        var wrong = new ArrayList<String>();
        int allowed = 0;
        int forbidden = 0;
        for (var from : lab.topology().pods()) {
            var row = new ArrayList<>(List.of(from.name()));
            for (var to : lab.topology().pods()) {
                if (from.equals(to)) {
                    row.add("");
                    continue;
                }
                int answers = received.getOrDefault(from.name() + " " + to.name(), 0);
                boolean may = lab.fabric().allows(from.node(), to.node());
                allowed += may ? 1 : 0;
                forbidden += may ? 0 : 1;
                if (may) {
                    stage.count(PINGS, PINGS - answers);
                }
                if (answers != (may ? PINGS : 0)) {
                    wrong.add(
                            "%s to %s, %s: %d of %d pings answered"
                                    .formatted(
                                            from.name(),
                                            to.name(),
                                            may ? "allowed" : "forbidden",
                                            answers,
                                            PINGS));
                }
                row.add(answers == PINGS ? "yes" : answers == 0 ? "-" : answers + "/" + PINGS);
            }
            table.row(row);
        }
        stage.progress().show(table.toString());
        if (!wrong.isEmpty()) {
            throw new LabException(String.join("\n    ", wrong));
        }
        return "%d allowed pairs of pods pass, %d forbidden do not".formatted(allowed, forbidden);
    }

    private static String[] head(Lab lab) {
        var names = new ArrayList<>(List.of("FROM"));
        lab.topology().pods().forEach(pod -> names.add(pod.name()));
        return names.toArray(String[]::new);
    }

    /** Answers by {@code "from to"}. */
    private static Map<String, Integer> measure(Lab lab) {
        var received = new ConcurrentHashMap<String, Integer>();
        try (var all = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var from : lab.topology().pods()) {
                for (var to : lab.topology().pods()) {
                    if (!from.equals(to)) {
                        all.execute(() ->
                                received.put(from.name() + " " + to.name(), ping(lab, from, to)));
                    }
                }
            }
        }
        return received;
    }

    private static int ping(Lab lab, Topology.Pod from, Topology.Pod to) {
        var command =
                List.of(
                        "ping",
                        "-n",
                        "-q",
                        "-c",
                        Integer.toString(PINGS),
                        "-i",
                        "0.2",
                        "-W",
                        "1",
                        lab.podAddress(to.name()));
        var found = RECEIVED.matcher(Exec.run(lab.netns(from.name()).command(command), "").out());
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }
}
