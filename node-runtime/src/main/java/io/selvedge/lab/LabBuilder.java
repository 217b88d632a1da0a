// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;

/**
 * Builds a lab, step by step: files, enrolment, network, counters, cuts, nodes, pods. Whoever calls
 * it takes the lab down again when it throws.
 */
final class LabBuilder {
    private final LabPaths paths;
    private final Manifests manifests;
    private final Topology topology;
    private final Enroller enroller;
    private final PodNetwork podNetwork;
    private final Progress progress;

    LabBuilder(
            LabPaths paths,
            Manifests manifests,
            Enroller enroller,
            PodNetwork podNetwork,
            Progress progress) {
        this.paths = paths;
        this.manifests = manifests;
        this.topology = manifests.topology();
        this.enroller = enroller;
        this.podNetwork = podNetwork;
        this.progress = progress;
    }

    /** Takes the lab's name, or says who has it. */
    static void claim(LabPaths paths) {
        try {
            Files.createDirectories(paths.root().getParent());
            Files.createDirectory(paths.root());
            Files.writeString(paths.owner(), Long.toString(ProcessHandle.current().pid()));
        } catch (FileAlreadyExistsException taken) {
            throw new LabException(
                    "lab '%s' is up, or was left over; end it with 'selvedge lab down --lab %s'"
                                    .formatted(paths.lab(), paths.lab())
                            + ", or choose another name with --lab",
                    taken);
        } catch (IOException denied) {
            throw new LabException(
                    "cannot make %s (%s); run as root".formatted(paths.root(), denied), denied);
        }
    }

    /** Everything up to running nodes with pods; they need not have converged. */
    Lab build(LabSession.Cuts wanted) {
        var fabric = enrol();
        var cuts = new TreeSet<>(wanted.of(topology, fabric));
        progress.say(
                "enrolled %d nodes; %s publishes the manifests"
                        .formatted(fabric.members().size(), fabric.authority()));
        var lab = new Lab(paths, topology, fabric);
        new LabNetwork(paths, topology).up();
        progress.say("network: %d sites around a WAN router".formatted(topology.sites().size()));
        lab.counters().install();
        progress.say(
                "clear-text counters: %d stand, each has counted a canary"
                        .formatted(lab.counters().read().size()));
        cuts.forEach(lab::cut);
        if (!cuts.isEmpty()) {
            progress.say("cut: " + cuts);
        }
        topology.nodes().forEach(node -> lab.process(node.name()).start());
        progress.say(
                "nodes started: " + topology.nodes().stream().map(Topology.Node::name).toList());
        return lab;
    }

    private Fabric enrol() {
        try {
            Files.createDirectories(paths.intent());
            Files.createDirectories(paths.registrations());
        } catch (IOException full) {
            throw new LabException("cannot write below " + paths.root() + ": " + full, full);
        }
        var labFile = manifests.labFile();
        Manifests.copy(labFile, paths.labDocument());
        manifests.copyInto(paths.intent(), List.of(labFile));
        var fabric = enroller.enrol(paths, topology);
        var placed = new TreeSet<>(topology.nodes().stream().map(Topology.Node::name).toList());
        if (!placed.equals(fabric.members().keySet())) {
            throw new LabException(
                    "the Lab document places nodes %s, the manifests declare %s; make them agree"
                            .formatted(placed, fabric.members().keySet()));
        }
        placed.forEach(node -> NodeConfig.write(paths, node, node.equals(fabric.authority())));
        fabric.write(paths.fabric());
        return fabric;
    }

    /** Makes each node's pods as soon as the node has written its conflist. */
    void pods(Lab lab, Duration patience) {
        var pods = new Pods(paths, podNetwork);
        var failures = new ConcurrentLinkedQueue<String>();
        try (var each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var node : topology.nodes()) {
                each.execute(() -> {
                    try {
                        podsOf(node.name(), pods, patience);
                    } catch (LabException failed) {
                        failures.add(String.valueOf(failed.getMessage()));
                    }
                });
            }
        }
        if (!failures.isEmpty()) {
            throw new LabException(String.join("\n", failures) + "\n" + logs(lab));
        }
        progress.say("pods: %d, by CNI".formatted(topology.pods().size()));
    }

    private void podsOf(String node, Pods pods, Duration patience) {
        var conflist = pods.awaitConflist(node, patience);
        if (conflist == null) {
            throw new LabException(
                    "%s wrote no conflist in %d s; look at %s"
                            .formatted(node, patience.toSeconds(), paths.log(node)));
        }
        topology.podsOf(node).forEach(pod -> pods.add(pod, conflist));
    }

    /** The last lines of each node that is not converged. */
    static String logs(Lab lab) {
        var text = new StringBuilder();
        lab.notConverged()
                .forEach((node, why) -> {
                    text.append("%n%s %s; its last lines:%n".formatted(node, why));
                    lab.process(node)
                            .logTail(12)
                            .forEach(line -> text.append("    ").append(line).append('\n'));
                });
        return text.toString();
    }
}
