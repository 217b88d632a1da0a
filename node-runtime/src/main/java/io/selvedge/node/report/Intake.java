// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import io.selvedge.model.Report;
import java.util.ArrayList;
import java.util.List;

/**
 * Where reports wait for the outbox. Whoever reports never waits: what finds no room is counted,
 * telemetry first. Thread-safe.
 */
public final class Intake {
    private final int max;
    private List<Report> waiting = new ArrayList<>();
    private long dropped;

    /**
     * What has come in.
     *
     * @param dropped how many more did, and found no room
     */
    public record Taken(List<Report> reports, long dropped) {
        public Taken {
            reports = List.copyOf(reports);
        }
    }

    /** Has room for so many, and for half as many when it is telemetry that comes. */
    public Intake(int max) {
        this.max = max;
    }

    public synchronized void offer(Report report) {
        int room = report.weight() == Report.Weight.DECISION ? max : max / 2;
        if (waiting.size() < room) {
            waiting.add(report);
        } else {
            dropped++;
        }
    }

    public void offer(List<Report> reports) {
        reports.forEach(this::offer);
    }

    /** All that waits, which then waits no more. */
    public synchronized Taken take() {
        var taken = new Taken(waiting, dropped);
        waiting = new ArrayList<>();
        dropped = 0;
        return taken;
    }
}
