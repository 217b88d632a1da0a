// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Lab;
import io.selvedge.lab.LabException;
import io.selvedge.lab.PingReport;
import io.selvedge.lab.Pinger;
import io.selvedge.lab.Progress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the steps play on: the lab, its pairs, and the account of all pings that had to pass. */
final class Stage {
    private final Progress progress;
    private final List<Pinger> pinging = new ArrayList<>();
    private @Nullable Lab lab;
    private long sent;
    private long lost;

    Stage(Progress progress) {
        this.progress = progress;
    }

    Progress progress() {
        return progress;
    }

    void enter(Lab lab) {
        this.lab = lab;
    }

    boolean hasLab() {
        return lab != null;
    }

    Lab lab() {
        if (lab == null) {
            throw new LabException("the lab is not up");
        }
        return lab;
    }

    Pairs pairs() {
        return new Pairs(lab().topology(), lab().fabric());
    }

    List<Pinger> ping(List<Flow> flows) {
        var pingers = new ArrayList<Pinger>();
        for (var flow : flows) {
            pingers.add(flow.start());
        }
        pinging.addAll(pingers);
        return pingers;
    }

    /** Ends what a step that failed left pinging. */
    void endPings() {
        pinging.forEach(Pinger::close);
        pinging.clear();
    }

    /** Stops them; each ping had to pass. Throws, with the worst flows, unless each did. */
    List<PingReport> allPassed(List<Pinger> pingers) {
        var reports = Pinger.stop(pingers);
        reports.forEach(report -> count(report.sent(), report.lost()));
        var bad = reports.stream().filter(one -> one.lost() > 0 || one.sent() == 0).toList();
        if (!bad.isEmpty()) {
            throw new LabException(
                    "pings were lost:\n    "
                            + String.join(
                                    "\n    ", bad.stream().map(PingReport::toString).toList()));
        }
        return reports;
    }

    void count(long moreSent, long moreLost) {
        sent += moreSent;
        lost += moreLost;
    }

    static int total(List<PingReport> reports) {
        return reports.stream().mapToInt(PingReport::sent).sum();
    }

    static long longestGap(List<PingReport> reports) {
        return reports.stream().mapToLong(PingReport::longestGapMillis).max().orElse(0);
    }

    long sent() {
        return sent;
    }

    long lost() {
        return lost;
    }
}
