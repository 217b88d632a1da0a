// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab.demo;

import io.selvedge.lab.Await;
import io.selvedge.lab.Cut;
import io.selvedge.lab.Exec;
import io.selvedge.lab.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** The manifests vanish and the cloud is cut off: edges go on, and nobody touches their tunnels. */
record Alone(Duration cut) implements Step {
    @Override
    public String name() {
        return "the cloud and the manifests are gone, edges go on";
    }

    @Override
    public String run(Stage stage) {
        var lab = stage.lab();
        var between = stage.pairs().direct();
        var watch = new TunnelWatch(lab, between);
        var pingers = stage.ping(Flow.of(lab, between));
        rename(lab.intentFolder(), away(lab.intentFolder()));
        stage.pairs().cloudSites().forEach(site -> lab.cut(Cut.of(site, null)));
        long end = System.nanoTime() + cut.toNanos();
        while (System.nanoTime() < end) {
            Await.pass(Duration.ofMillis(500));
            watch.look();
        }
        var cloudAnswers = cloudAnswers(stage);
        watch.look();
        var reports = stage.allPassed(pingers);
        if (!cloudAnswers.isEmpty()) {
            throw new LabException("the cloud was not cut off: it still answers " + cloudAnswers);
        }
        watch.check();
        return "%d s without the cloud: %d pings between edges, none lost; SA ids stay; %s; JVMs %s"
                .formatted(cut.toSeconds(), Stage.total(reports), watch.summary(), memory(stage));
    }

    static Path away(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".away");
    }

    static void rename(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new LabException("cannot rename " + from + ": " + failed, failed);
        }
    }

    private static List<String> cloudAnswers(Stage stage) {
        var lab = stage.lab();
        var cloud = lab.podAddress(Flow.firstPod(lab, stage.pairs().cloudNodes().getFirst()));
        return stage.pairs().edges().stream()
                .filter(edge -> {
                    var pod = lab.netns(Flow.firstPod(lab, edge));
                    var ping = List.of("ping", "-n", "-c", "1", "-W", "0.5", cloud);
                    return Exec.run(pod.command(ping), "").code() == 0;
                })
                .toList();
    }

    private static String memory(Stage stage) {
        return stage.lab().topology().nodes().stream()
                .map(node ->
                        "%s %d MiB"
                                .formatted(
                                        node.name(),
                                        stage.lab().process(node.name()).residentMiB()))
                .collect(Collectors.joining(", "));
    }
}
