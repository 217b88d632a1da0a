// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.lab;

import io.selvedge.node.intent.FolderIntent;
import io.selvedge.node.intent.IntentReading;
import io.selvedge.node.intent.ManifestError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A lab that stands: its nodes and pods to look at, its cables to pull, its JVMs to kill. All state
 * is in files and in the kernel, so that any process may open it. Not thread-safe.
 */
public final class Lab {
    private final LabPaths paths;
    private final Topology topology;
    private final Fabric fabric;

    Lab(LabPaths paths, Topology topology, Fabric fabric) {
        this.paths = paths;
        this.topology = topology;
        this.fabric = fabric;
    }

    static Lab open(LabPaths paths) {
        if (!Files.exists(paths.fabric())) {
            throw new LabException(
                    "no lab '%s' is up; start one with 'selvedge lab up -f examples/demo'"
                            .formatted(paths.lab()));
        }
        return new Lab(
                paths, Manifests.read(paths.labDocument()).topology(), Fabric.read(paths.fabric()));
    }

    public String name() {
        return paths.lab();
    }

    public LabStatus snapshot() {
        return LabStatus.of(this);
    }

    /** Where its files are, until it is taken down. */
    public Path files() {
        return paths.root();
    }

    public Topology topology() {
        return topology;
    }

    public Fabric fabric() {
        return fabric;
    }

    /** The folder of manifests that the authority watches. */
    public Path intentFolder() {
        return paths.intent();
    }

    public ClearTextCounters counters() {
        return new ClearTextCounters(paths, topology, fabric.guarded());
    }

    /** The namespace of a node, a pod, {@code wan} or {@code box-SITE}. */
    public Netns netns(String name) {
        boolean known =
                topology.hasNode(name)
                        || topology.hasPod(name)
                        || name.equals(Topology.WAN)
                        || topology.sites().stream().anyMatch(site -> site.box().equals(name));
        if (!known) {
            throw new LabException(
                    "nothing here is called '%s'; there are nodes %s, pods %s, wan and %s"
                            .formatted(
                                    name,
                                    topology.nodes().stream().map(Topology.Node::name).toList(),
                                    topology.pods().stream().map(Topology.Pod::name).toList(),
                                    topology.sites().stream().map(Topology.Site::box).toList()));
        }
        return paths.netns(name);
    }

    public String podAddress(String pod) {
        var address = new Pods(paths, NO_NETWORK).address(pod);
        if (address.isEmpty()) {
            throw new LabException(
                    "pod %s has no address; look at %s".formatted(pod, paths.log(podNode(pod))));
        }
        return address;
    }

    private String podNode(String pod) {
        return topology.pods().stream()
                .filter(one -> one.name().equals(pod))
                .map(Topology.Pod::node)
                .findFirst()
                .orElseThrow();
    }

    private static final PodNetwork NO_NETWORK =
            (_, _, _, _) -> {
                throw new LabException("pods are made by 'lab up' only");
            };

    /** Each node's status, or null for those that do not answer. */
    public Map<String, @Nullable NodeStatus> statuses() {
        var all = new LinkedHashMap<String, @Nullable NodeStatus>();
        for (var node : topology.nodes()) {
            all.put(node.name(), status(node.name()));
        }
        return all;
    }

    public @Nullable NodeStatus status(String node) {
        try {
            return new NodeControl(paths.socket(node)).status();
        } catch (IOException down) {
            return null;
        }
    }

    public NodeProcess process(String node) {
        if (!topology.hasNode(node)) {
            throw new LabException(
                    "no node is '%s'; there are %s"
                            .formatted(
                                    node,
                                    topology.nodes().stream().map(Topology.Node::name).toList()));
        }
        return new NodeProcess(paths, node);
    }

    public SortedSet<Cut> cuts() {
        try {
            var cuts = new TreeSet<Cut>();
            if (Files.exists(paths.cuts())) {
                Files.readAllLines(paths.cuts()).forEach(line -> cuts.add(Cut.parse(line)));
            }
            return cuts;
        } catch (IOException unreadable) {
            throw new LabException("cannot read " + paths.cuts(), unreadable);
        }
    }

    public void cut(Cut cut) {
        CutPlan.check(topology, cut);
        var cuts = new TreeSet<>(cuts());
        cuts.add(cut);
        apply(cuts);
    }

    public void heal(Cut cut) {
        var cuts = new TreeSet<>(cuts());
        if (!cuts.remove(cut)) {
            throw new LabException("'%s' is not cut; cut are: %s".formatted(cut, cuts));
        }
        apply(cuts);
    }

    public void healAll() {
        apply(new TreeSet<>());
    }

    /** Recorded first: after a crash in between, the next cut or heal makes it true. */
    private void apply(SortedSet<Cut> cuts) {
        try {
            Files.write(paths.cuts(), cuts.stream().map(Cut::toString).toList());
        } catch (IOException full) {
            throw new LabException("cannot write " + paths.cuts(), full);
        }
        new LabNetwork(paths, topology).cut(List.copyOf(cuts));
    }

    /** Who is not converged, and what it says; empty when all are. */
    public Map<String, String> notConverged() {
        var why = new TreeMap<String, String>();
        for (var node : topology.nodes()) {
            var status = status(node.name());
            if (status == null) {
                var runs = process(node.name()).pid().isPresent();
                why.put(node.name(), runs ? "does not answer yet" : "its JVM does not run");
            } else if (!status.converged()) {
                var open = new ArrayList<String>();
                for (var tunnel : status.tunnels()) {
                    if (!tunnel.state().equals("up")) {
                        open.add("%s %s".formatted(tunnel.peer(), tunnel.state()));
                    }
                }
                why.put(node.name(), "not converged; tunnels not up: " + open);
            }
        }
        return why;
    }

    /** Waits until all nodes say that they are converged; false when the time was over. */
    public boolean awaitConverged(Duration patience) {
        return Await.until(patience, () -> notConverged().isEmpty());
    }

    /** Copies manifests to where the authority watches. The underlay of a lab never changes. */
    public void applyManifests(Path path) {
        var manifests = Manifests.read(path);
        if (!manifests.names("Lab").isEmpty()) {
            throw new LabException(
                    "a Lab document is among them; sites and pods are fixed: 'lab down', then 'up'");
        }
        for (var node : manifests.names("Node")) {
            if (!topology.hasNode(node)) {
                throw new LabException(
                        ("node '%s' is new, and a lab's machines are fixed; add it to the Lab"
                                        + " document and start anew with 'lab down' and 'lab up'")
                                .formatted(node));
            }
        }
        manifests.copyInto(paths.intent(), List.of());
    }

    /** What the authority finds wrong in the folder it watches, an error each. */
    public List<String> refusals() {
        return new FolderIntent(paths.intent()).read() instanceof IntentReading.Refused(var errors)
                ? errors.stream().map(ManifestError::toString).toList()
                : List.of();
    }

    /** Removes a file from where the authority watches. */
    public void deleteManifest(String file) {
        try {
            if (!Files.deleteIfExists(paths.intent().resolve(Path.of(file).getFileName()))) {
                try (var there = Files.list(paths.intent())) {
                    throw new LabException(
                            "no file '%s' is applied; there are %s"
                                    .formatted(
                                            file, there.map(Path::getFileName).sorted().toList()));
                }
            }
        } catch (IOException failed) {
            throw new LabException("cannot remove " + file + ": " + failed, failed);
        }
    }

    /** Ends and removes everything of a lab, also what is half there. Repeating it is fine. */
    static void down(LabPaths paths) {
        LabNetwork.down(paths);
        if (!Files.exists(paths.root())) {
            return;
        }
        try (var files = Files.walk(paths.root())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException busy) {
            throw new LabException("cannot remove " + paths.root() + ": " + busy, busy);
        }
    }
}
