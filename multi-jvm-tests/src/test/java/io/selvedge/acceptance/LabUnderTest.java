// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.acceptance;

import static java.util.Objects.requireNonNull;

import io.selvedge.lab.Await;
import io.selvedge.lab.ClearTextCounters;
import io.selvedge.lab.Exec;
import io.selvedge.lab.Lab;
import io.selvedge.lab.LabSession;
import io.selvedge.lab.NodeStatus;
import io.selvedge.lab.PingReport;
import io.selvedge.lab.Pinger;
import io.selvedge.lab.Progress;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The demo's fabric, up with direct paths, and what tests do to it and ask of it. One thread at a
 * time.
 */
final class LabUnderTest implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** The pairs of edges that may talk and can meet, and their best path. */
    private static final Map<List<String>, String> DIRECT =
            Map.of(
                    List.of("edge1", "edge2"), "lan",
                    List.of("edge1", "edge4"), "direct",
                    List.of("edge2", "edge4"), "direct",
                    List.of("edge3", "edge4"), "direct");

    private final LabSession session;
    private final Lab lab;
    private final Progress progress;

    private LabUnderTest(LabSession session, Lab lab, Progress progress) {
        this.session = session;
        this.lab = lab;
        this.progress = progress;
    }

    static LabUnderTest up(String name) {
        var progress = new Progress(System.out);
        var session = LabSession.of(name, progress);
        session.down();
        return new LabUnderTest(
                session, session.up(examples(), (_, _) -> List.of(), PATIENCE), progress);
    }

    static Path checkout() {
        return requireNonNull(Path.of("").toAbsolutePath().getParent());
    }

    static Path examples() {
        return checkout().resolve("examples/demo");
    }

    Lab lab() {
        return lab;
    }

    /** A line for whoever reads the log: what was measured. */
    void figure(String text) {
        progress.say("FIGURE " + text);
    }

    /** Nothing cut, the manifests of the demo, all converged, all paths at their best. */
    void calm() {
        lab.healAll();
        for (var file : List.of("communities.yaml", "nodes.yaml")) {
            lab.applyManifests(examples().resolve(file));
        }
        awaitCalm();
    }

    void awaitCalm() {
        if (!Await.until(PATIENCE, () -> restless().isEmpty())) {
            throw new AssertionError("after %s: %s".formatted(PATIENCE, restless()));
        }
    }

    /** Why it is not calm; empty when it is. */
    List<String> restless() {
        var why = new ArrayList<String>();
        lab.notConverged().forEach((node, said) -> why.add(node + ": " + said));
        DIRECT.forEach((pair, best) -> {
            for (var ends : List.of(pair, pair.reversed())) {
                var path = path(ends.getFirst(), ends.getLast());
                if (!path.equals(best)) {
                    why.add("%s %s, not %s".formatted(ends, path, best));
                }
            }
        });
        return why;
    }

    /** The path that a node says its packets to a peer take; "none" without a tunnel or node. */
    String path(String node, String peer) {
        var status = lab.status(node);
        var tunnel = status == null ? null : status.tunnel(peer);
        return tunnel == null ? "none" : tunnel.path();
    }

    NodeStatus status(String node) {
        var status = lab.status(node);
        if (status == null) {
            throw new AssertionError(node + " does not answer");
        }
        return status;
    }

    List<NodeStatus> statuses() {
        return lab.topology().nodes().stream().map(node -> status(node.name())).toList();
    }

    /** The operations of all drivers of all nodes since their start, with the last cause. */
    SortedMap<String, String> operations() {
        var all = new TreeMap<String, String>();
        for (var status : statuses()) {
            status.operations()
                    .forEach((driver, done) ->
                            all.put(
                                    status.node() + " " + driver,
                                    done.count() + ", last for " + done.lastCause()));
        }
        return all;
    }

    /** Which node sees how many members Up. */
    SortedMap<String, Long> membersUp() {
        var up = new TreeMap<String, Long>();
        for (var status : statuses()) {
            var members = status.document().get("members");
            up.put(
                    status.node(),
                    members instanceof List<?> list
                            ? list.stream()
                                    .filter(one ->
                                            one instanceof Map<?, ?> member
                                                    && "Up".equals(member.get("status")))
                                    .count()
                            : 0L);
        }
        return up;
    }

    /** Pings from the pod of one node to the pod of another. */
    Pinger ping(String from, String to) {
        return Pinger.start(
                from + "->" + to, lab.netns(from + "-a"), null, lab.podAddress(to + "-a"));
    }

    /** Pings from the fabric address of one node to that of another. */
    Pinger pingFabric(String from, String to) {
        return Pinger.start(from + "=>" + to, lab.netns(from), fabric(from), fabric(to));
    }

    private String fabric(String node) {
        return lab.fabric().member(node).fabricAddress();
    }

    static PingReport stop(Pinger pinger) {
        return Pinger.stop(List.of(pinger)).getFirst();
    }

    /** How long until none of them is answered for a second. */
    static Duration untilSilent(List<Pinger> pingers, Duration patience) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < patience.toNanos()) {
            long now = System.nanoTime();
            var sent = pingers.stream().map(Pinger::highest).toList();
            if (!Await.until(Duration.ofSeconds(1), () -> anyAnswered(pingers, sent))) {
                return Duration.ofNanos(now - start);
            }
        }
        throw new AssertionError("still answered after " + patience);
    }

    private static boolean anyAnswered(List<Pinger> pingers, List<Integer> sent) {
        for (int i = 0; i < pingers.size(); i++) {
            // One that was under way when the look began is none.
            if (pingers.get(i).answeredAfter(sent.get(i) + 1)) {
                return true;
            }
        }
        return false;
    }

    /** How long until each of them is answered. */
    static Duration untilAnswered(List<Pinger> pingers, Duration patience) {
        long start = System.nanoTime();
        var sent = pingers.stream().map(Pinger::highest).toList();
        boolean answered =
                Await.until(
                        patience,
                        () -> {
                            for (int i = 0; i < pingers.size(); i++) {
                                if (!pingers.get(i).answeredAfter(sent.get(i))) {
                                    return false;
                                }
                            }
                            return true;
                        });
        if (!answered) {
            throw new AssertionError("not answered after " + patience);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Runs it on a node, or in a pod; it has to succeed. */
    String run(String where, String... command) {
        var result = Exec.run(lab.netns(where).command(List.of(command)), "");
        if (result.code() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + result.err());
        }
        return result.out();
    }

    /** Asks a node over its Unix socket. */
    String ask(String node, String line) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(data(node).resolve("node.sock")));
            channel.write(StandardCharsets.UTF_8.encode(line + "\n"));
            var answer = Channels.newInputStream(channel).readAllBytes();
            return new String(answer, StandardCharsets.UTF_8);
        }
    }

    /** The process of one of a node's IKE daemons: {@code charon} or {@code direct}. */
    ProcessHandle daemon(String node, String name) throws IOException {
        var pid = Files.readString(data(node).resolve(name).resolve("charon.pid")).strip();
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private Path data(String node) {
        return lab.files().resolve("nodes").resolve(node).resolve("data");
    }

    String log(String node) {
        return String.join("\n", lab.process(node).logTail(Integer.MAX_VALUE));
    }

    long clearTextPackets() {
        return ClearTextCounters.total(lab.counters().read());
    }

    @Override
    public void close() {
        session.down();
    }
}
