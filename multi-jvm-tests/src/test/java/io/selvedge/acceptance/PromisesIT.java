// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.lab.Await;
import io.selvedge.lab.Cut;
import io.selvedge.lab.PingReport;
import io.selvedge.lab.Pinger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Things go wrong on a running fabric of five nodes, one after the other. Each test starts when all
 * is calm; the last takes a node away for good. Needs root.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PromisesIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofSeconds(60);
    private static final long RESIDENT_MIB_MAX = 200;

    @SuppressWarnings("NullAway.Init") // by up(), before any test
    private static LabUnderTest fabric;

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void up() {
        fabric = LabUnderTest.up("promises");
    }

    @AfterAll
    static void down() {
        try (var ended = fabric) {
            assertThat(ended.clearTextPackets()).as("packets outside ESP, ever").isZero();
        }
    }

    @BeforeEach
    void calm() {
        fabric.calm();
    }

    @Test
    @Order(1)
    void aDirectPathFallsWithoutAnnouncement() {
        var ping = fabric.ping("edge1", "edge4");
        Await.pass(Duration.ofSeconds(1));
        fabric.lab().cut(Cut.of("edge1", "edge4"));
        assertThat(Await.until(SOON, () -> fabric.path("edge1", "edge4").equals("relay"))).isTrue();
        LabUnderTest.untilAnswered(List.of(ping), SOON);
        var fallen = LabUnderTest.stop(ping);
        fabric.figure(
                "a direct path falls: gap %d ms (promise 2000)"
                        .formatted(fallen.longestGapMillis()));
        assertThat(fallen.longestGapMillis()).isLessThan(5000);

        var again = fabric.ping("edge1", "edge4");
        long healed = System.nanoTime();
        fabric.lab().healAll();
        fabric.awaitCalm();
        fabric.figure("direct again %.1f s after the heal".formatted(since(healed)));
        Await.pass(Duration.ofSeconds(1));
        assertThat(LabUnderTest.stop(again).lostAt()).isEmpty();
    }

    @Test
    @Order(2)
    void aMemberLeavesACommunityAndJoinsAgain() throws IOException {
        var others = List.of(fabric.ping("edge3", "edge4"), fabric.pingFabric("edge4", "edge3"));
        var pings = List.of(fabric.ping("edge1", "edge4"), fabric.ping("edge4", "edge1"));
        Await.pass(Duration.ofSeconds(1));
        apply(COMMUNITIES.replace(", beijing.edge4]\n---", "]\n---"));
        var silent = LabUnderTest.untilSilent(pings, SOON);
        fabric.figure(
                "unreachable %d ms after leaving (promise 5000)".formatted(silent.toMillis()));
        assertThat(silent).isLessThan(SOON);
        assertThat(fabric.path("edge1", "edge4")).isEqualTo("none");
        assertThat(fabric.path("edge4", "edge1")).isEqualTo("none");

        apply(COMMUNITIES);
        var answered = LabUnderTest.untilAnswered(pings, SOON);
        fabric.figure(
                "reachable %d ms after joining (promise 5000)".formatted(answered.toMillis()));
        assertThat(answered).isLessThan(SOON);
        pings.forEach(Pinger::close);
        assertThat(Pinger.stop(others)).allSatisfy(report -> assertThat(report.lostAt()).isEmpty());
    }

    @Test
    @Order(3)
    void denyWinsWhileVersionsDiffer() throws IOException {
        fabric.lab().cut(Cut.of("edge4", null));
        apply(COMMUNITIES.replace(", beijing.edge4]\n---", "]\n---"));
        assertThat(Await.until(SOON, () -> fabric.path("edge1", "edge4").equals("none"))).isTrue();
        assertThat(fabric.path("edge4", "edge1")).as("it was not told").isNotEqualTo("none");
        for (var other : List.of("edge2", "edge3", "cloud1")) {
            fabric.lab().cut(Cut.of("edge4", other));
        }
        fabric.lab().heal(Cut.of("edge4", null));
        var pings = List.of(fabric.ping("edge1", "edge4"), fabric.ping("edge4", "edge1"));
        Await.pass(Duration.ofSeconds(4));
        assertThat(Pinger.stop(pings))
                .allSatisfy(report -> assertThat(report.lost()).isEqualTo(report.sent()));
        assertThat(fabric.path("edge4", "edge1")).as("still not told").isNotEqualTo("none");

        fabric.lab().healAll();
        assertThat(Await.until(LATER, () -> fabric.path("edge4", "edge1").equals("none"))).isTrue();
        assertThat(fabric.lab().awaitConverged(LATER))
                .as("%s", fabric.lab().notConverged())
                .isTrue();
    }

    @Test
    @Order(4)
    void aBrokenManifestIsRefused() throws IOException {
        Await.pass(Duration.ofSeconds(2));
        var before = fabric.operations();
        apply(COMMUNITIES.replace("[beijing.edge3, beijing.edge4]", "beijing.edge3"));
        var words = List.of("communities.yaml:", "spec.members", "refused");
        assertThat(Await.until(SOON, () -> words.stream().allMatch(fabric.log("cloud1")::contains)))
                .as("cloud1 says file, line, field and fix")
                .isTrue();
        fabric.figure(
                "refused: "
                        + fabric.log("cloud1")
                                .lines()
                                .filter(line -> line.contains("communities.yaml:"))
                                .toList());
        Await.pass(Duration.ofSeconds(3));
        assertThat(fabric.operations()).isEqualTo(before);
        apply(COMMUNITIES);
        Await.pass(Duration.ofSeconds(3));
        assertThat(fabric.operations()).as("after the fix").isEqualTo(before);
    }

    @Test
    @Order(5)
    void theClusterPlaneIsKilled() throws IOException {
        assertThat(Await.until(LATER, PromisesIT::allSeeAllUp))
                .as("%s", fabric.membersUp())
                .isTrue();
        var before = fabric.operations();
        var pings = pingsOfAll();
        for (var node : List.of("edge1", "cloud1")) {
            long killed = System.nanoTime();
            assertThat(fabric.ask(node, "restart-cluster")).contains("true");
            assertThat(Await.until(LATER, () -> isAnew(node, killed) && allSeeAllUp()))
                    .as("%s", fabric.membersUp())
                    .isTrue();
            fabric.figure(
                    "cluster plane of %s: all Up after %.1f s".formatted(node, since(killed)));
        }
        assertNothingLost(pings);
        assertThat(fabric.operations()).isEqualTo(before);
    }

    private static boolean isAnew(String node, long killed) {
        return fabric.status(node).document().get("uptimeSeconds") instanceof Map<?, ?> uptimes
                && uptimes.get("cluster") instanceof Number seconds
                && seconds.doubleValue() > 0
                && seconds.doubleValue() < since(killed);
    }

    private static boolean allSeeAllUp() {
        return fabric.membersUp().values().stream().allMatch(count -> count == 5);
    }

    @Test
    @Order(6)
    void anIkeDaemonDies() throws IOException {
        for (var end : List.of("edge4 direct", "edge4 charon", "cloud1 charon")) {
            var node = end.substring(0, end.indexOf(' '));
            var daemon = end.substring(end.indexOf(' ') + 1);
            var pings = new ArrayList<>(pingsOfAll());
            Await.pass(Duration.ofSeconds(1));
            var process = fabric.daemon(node, daemon);
            long killed = System.nanoTime();
            process.destroyForcibly();
            process.onExit().join();
            assertThat(Await.until(LATER, () -> !fabric.restless().isEmpty())).isTrue();
            LabUnderTest.untilAnswered(pings, LATER);
            double answered = since(killed);
            fabric.awaitCalm();
            double calm = since(killed);
            Await.pass(Duration.ofSeconds(1));
            var worst = Pinger.stop(pings).stream().mapToLong(PingReport::longestGapMillis).max();
            fabric.figure(
                    "%s dies: longest gap %d ms, all answer after %.1f s, calm after %.1f s"
                            .formatted(end, worst.orElse(-1), answered, calm));
        }
    }

    @Test
    @Order(7)
    void tamperingIsUndone() {
        var foreign =
                List.of(
                        "ip route add 198.51.100.0/24 via 192.168.50.1 metric 77",
                        "ip route add 198.51.100.0/24 via 192.168.50.1 table 219",
                        "ip rule add to 198.51.100.0/24 lookup main priority 77",
                        "nft add table inet foreign",
                        "nft add chain inet foreign there");
        foreign.forEach(line -> fabric.run("edge1", line.split(" ")));
        var before = machine();
        var chain = fabric.run("edge1", "nft", "list", "chain", "inet", "selvedge", "backstop");
        fabric.run("edge1", "nft", "flush", "chain", "inet", "selvedge", "backstop");
        fabric.run(
                "edge1",
                "ip",
                "route",
                "del",
                "unreachable",
                "10.244.0.0/16",
                "metric",
                "4278198272");
        fabric.run("edge1", "ip", "route", "del", "10.244.4.0/24", "table", "219");
        assertThat(machine()).isNotEqualTo(before);
        long tampered = System.nanoTime();
        Await.until(LATER, () -> machine().equals(before));
        fabric.figure("tampering undone after %.1f s".formatted(since(tampered)));
        assertThat(machine()).isEqualTo(before);
        assertThat(chain).contains("clear_dropped");
        assertThat(drifts("reconcile")).as("routes, rules").hasSizeGreaterThanOrEqualTo(2);
        assertThat(drifts("paths carry")).hasSize(1);
        fabric.run("edge1", "nft", "delete", "table", "inet", "foreign");
    }

    /** Routes, rules and filter of edge1, without their counters. */
    private static Map<String, List<String>> machine() {
        var all = new TreeMap<String, List<String>>();
        for (var command :
                List.of(
                        "ip route show table main",
                        "ip route show table 219",
                        "ip rule",
                        "nft -s list table inet selvedge",
                        "nft list table inet foreign")) {
            all.put(command, fabric.run("edge1", command.split(" ")).lines().sorted().toList());
        }
        return all;
    }

    private static List<String> drifts(String message) {
        return fabric.log("edge1")
                .lines()
                .filter(line -> line.contains("drift: ") && line.contains(message))
                .toList();
    }

    @Test
    @Order(8)
    void nodesThatHoldAScopeHoldTheSame() {
        var byScope = new TreeMap<String, TreeMap<String, List<String>>>();
        for (var status : fabric.statuses()) {
            if (status.document().get("digests") instanceof Map<?, ?> digests) {
                digests.forEach((scope, digest) ->
                        byScope.computeIfAbsent(scope.toString(), _ -> new TreeMap<>())
                                .computeIfAbsent(digest.toString(), _ -> new ArrayList<>())
                                .add(status.node()));
            }
        }
        assertThat(byScope).containsKeys("fabric", "community:line-1", "community:line-2");
        assertThat(byScope.getOrDefault("fabric", new TreeMap<>()).values())
                .containsExactly(List.of("cloud1", "edge1", "edge2", "edge3", "edge4"));
        assertThat(byScope.values()).allSatisfy(holders -> assertThat(holders).hasSize(1));
    }

    @Test
    @Order(9)
    void nothingChangesWhenNothingHappens() throws IOException, InterruptedException {
        assertThat(Await.until(LATER, PromisesIT::nothingIsLeftToFold))
                .as("what a dead daemon left at its peers is folded")
                .isTrue();
        var before = fabric.operations();
        Await.pass(Duration.ofSeconds(20));
        assertThat(fabric.operations()).isEqualTo(before);
        for (var status : fabric.statuses()) {
            assertThat(status.tunnels())
                    .filteredOn(tunnel -> !tunnel.ikeIds().isEmpty())
                    .as("after all that")
                    .allSatisfy(tunnel -> assertThat(tunnel.ikeIds()).hasSize(1))
                    .allSatisfy(tunnel -> assertThat(tunnel.childIds()).hasSize(1));
            var memory = fabric.lab().process(status.node()).residentMiB();
            fabric.figure(
                    "%s: %d MiB resident (promise 170 on edges)".formatted(status.node(), memory));
            if (!status.node().equals("cloud1")) {
                assertThat(memory).isBetween(1L, RESIDENT_MIB_MAX);
            }
        }
        var command = new String[] {"lab", "status", "--lab", "promises", "-o", "json"};
        var said = ForkedSelvedge.start(folder.resolve("status"), command);
        assertThat(said.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(Schemas.violations("status.schema.json", said.said())).isEmpty();
    }

    private static boolean nothingIsLeftToFold() {
        return fabric.statuses().stream()
                .flatMap(status -> status.tunnels().stream())
                .allMatch(tunnel -> tunnel.ikeIds().size() <= 1);
    }

    @Test
    @Order(10)
    void aNodeIsRemoved() throws IOException {
        var others = List.of(fabric.ping("edge1", "edge4"), fabric.ping("cloud1", "edge2"));
        var pings = List.of(fabric.ping("edge3", "edge4"), fabric.ping("cloud1", "edge3"));
        var trusted = fabricDigests();
        Await.pass(Duration.ofSeconds(1));
        // From here on edge4 can hear of it from other edges only.
        fabric.lab().cut(Cut.of("edge4", "cloud1"));
        apply(COMMUNITIES.replace("beijing.edge3, ", ""));
        var nodes = Files.readString(LabUnderTest.examples().resolve("nodes.yaml")).split("---\n");
        var left = new ArrayList<>(List.of(nodes));
        assertThat(left.removeIf(node -> node.contains("name: edge3"))).isTrue();
        var file = folder.resolve("nodes.yaml");
        Files.writeString(file, String.join("---\n", left));
        fabric.lab().applyManifests(file);
        var silent = LabUnderTest.untilSilent(pings, SOON);
        fabric.figure("a removed node is unreachable after %d ms".formatted(silent.toMillis()));
        pings.forEach(Pinger::close);
        assertThat(
                        Await.until(
                                SOON,
                                () ->
                                        List.of("cloud1", "edge4").stream()
                                                .allMatch(node ->
                                                        fabric.status(node).tunnel("edge3")
                                                                == null)))
                .isTrue();
        assertThat(
                        fabric.run(
                                "cloud1",
                                "swanctl",
                                "--list-sas",
                                "--uri",
                                "unix://"
                                        + fabric.lab()
                                                .files()
                                                .resolve("nodes/cloud1/data/charon/charon.vici")))
                .contains("edge2")
                .doesNotContain("edge3");
        assertThat(Await.until(SOON, () -> fabricDigests().size() == 1)).isTrue();
        assertThat(fabricDigests()).as("a revocation came").isNotEqualTo(trusted);
        assertNothingLost(others);
    }

    /** What those that stay hold of settings and revocations; one digest when they agree. */
    private static Set<String> fabricDigests() {
        var digests = new TreeSet<String>();
        for (var node : List.of("cloud1", "edge1", "edge2", "edge4")) {
            if (fabric.status(node).document().get("digests") instanceof Map<?, ?> held) {
                digests.add(String.valueOf(held.get("fabric")));
            }
        }
        return digests;
    }

    /** One flow for each pair of pods that may talk. */
    private static List<Pinger> pingsOfAll() {
        return List.of(
                fabric.ping("edge1", "edge2"),
                fabric.ping("edge1", "edge4"),
                fabric.ping("edge4", "edge2"),
                fabric.ping("edge3", "edge4"),
                fabric.ping("cloud1", "edge4"),
                fabric.ping("edge1", "cloud1"));
    }

    private static void assertNothingLost(List<Pinger> pings) {
        assertThat(Pinger.stop(pings)).allSatisfy(report -> assertThat(report.lostAt()).isEmpty());
    }

    private void apply(String communities) throws IOException {
        var file = folder.resolve("communities.yaml");
        Files.writeString(file, communities);
        fabric.lab().applyManifests(file);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static final String COMMUNITIES = communities();

    private static String communities() {
        try {
            return Files.readString(LabUnderTest.examples().resolve("communities.yaml"));
        } catch (IOException missing) {
            throw new java.io.UncheckedIOException(missing);
        }
    }
}
