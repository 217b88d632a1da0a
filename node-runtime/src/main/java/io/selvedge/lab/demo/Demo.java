// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.ClearTextCounters;
import io.selvedge.lab.LabException;
import io.selvedge.lab.LabSession;
import io.selvedge.lab.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The demo as its table of contents. The first step that fails ends it; clear text always counts.
 */
final class Demo {
    private final Progress progress;
    private final Stage stage;
    private final List<Step> steps;

    Demo(
            LabSession session,
            Path manifests,
            Duration cut,
            List<String> restarts,
            Progress progress) {
        this.progress = progress;
        this.stage = new Stage(progress);
        this.steps =
                new ArrayList<>(
                        List.of(
                                new BringUp(session, manifests),
                                new ByRelay(),
                                new TakeOver(),
                                new PingMatrix(),
                                new Alone(cut),
                                new CloudBack()));
        restarts.forEach(node -> steps.add(new Restart(node)));
        steps.add(new ClearText());
    }

    DemoReport run() {
        var autopsy = new Autopsy(progress);
        var results = new ArrayList<DemoReport.Result>();
        for (var step : steps) {
            var result = run(step);
            results.add(result);
            if (!stage.hasLab()) {
                return new DemoReport(results, -1, 0, 0);
            }
            if (!result.ok()) {
                autopsy.failed(stage.lab(), results.size());
            }
        }
        autopsy.close(stage.lab());
        return new DemoReport(results, clearTextPackets(), stage.sent(), stage.lost());
    }

    private DemoReport.Result run(Step step) {
        progress.say("--- " + step.name());
        long start = System.nanoTime();
        boolean ok = false;
        String detail;
        try {
            detail = step.run(stage);
            ok = true;
        } catch (LabException failed) {
            if (Thread.currentThread().isInterrupted()) {
                throw failed;
            }
            detail = String.valueOf(failed.getMessage());
        } finally {
            stage.endPings();
        }
        double seconds = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
        progress.say("%s  %s".formatted(ok ? "ok  " : "FAILED", detail));
        return new DemoReport.Result(step.name(), ok, seconds, detail);
    }

    private long clearTextPackets() {
        try {
            return ClearTextCounters.total(stage.lab().counters().read());
        } catch (LabException unreadable) {
            return -1;
        }
    }
}
