// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.lab.Await;
import io.selvedge.lab.Cut;
import io.selvedge.lab.Pinger;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A plant loses its uplink, then its power, and comes back with other addresses: two edges that
 * know their Community from earlier find each other with nothing but their LAN. Needs root.
 */
class LanIT {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration PROMISED = Duration.ofSeconds(30);

    /** The address of each edge of the plant before and after. */
    private static final Map<String, List<String>> MOVES =
            Map.of(
                    "edge1", List.of("192.168.50.11", "192.168.50.21"),
                    "edge2", List.of("192.168.50.12", "192.168.50.22"));

    @SuppressWarnings("NullAway.Init") // by up(), before any test
    private static LabUnderTest fabric;

    @BeforeAll
    static void up() {
        fabric = LabUnderTest.up("lan");
        fabric.calm();
    }

    @AfterAll
    static void down() {
        try (var ended = fabric) {
            assertThat(ended.clearTextPackets()).as("packets outside ESP, ever").isZero();
        }
    }

    @Test
    void neighboursMeetAtNewAddressesByAnnouncementsAlone() throws IOException {
        fabric.lab().cut(Cut.of("plant-a", null));
        for (var edge : MOVES.keySet()) {
            powerOff(edge);
            move(edge);
        }
        deafen();
        MOVES.keySet().forEach(edge -> fabric.lab().process(edge).start());
        long started = System.nanoTime();
        assertThat(Await.until(PROMISED, LanIT::bothAnswer)).isTrue();
        assertThat(Await.until(Duration.ofSeconds(3), LanIT::met))
                .as("met while no announcement passes")
                .isFalse();

        fabric.run("box-plant-a", "nft", "delete", "table", "bridge", "deaf");
        long heard = System.nanoTime();
        var pings = List.of(fabric.ping("edge1", "edge2"), fabric.ping("edge2", "edge1"));
        assertThat(Await.until(PROMISED, LanIT::met)).as("met").isTrue();
        LabUnderTest.untilAnswered(pings, PROMISED);
        fabric.figure(
                "a plant alone: pods talk %.1f s after the first announcement passed, %.1f s after"
                                .formatted(since(heard), since(started))
                        + " the start (promise 30)");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(PROMISED);
        pings.forEach(Pinger::close);
        theyKnowWhereTheOtherIs();
    }

    private static void theyKnowWhereTheOtherIs() {
        assertThat(Await.until(SOON, () -> held("edge1").equals(held("edge2"))))
                .as("%s and %s", held("edge1"), held("edge2"))
                .isTrue();
        MOVES.forEach((_, addresses) ->
                assertThat(associations("edge1"))
                        .contains(addresses.getLast())
                        .doesNotContain(addresses.getFirst()));
    }

    private static boolean bothAnswer() {
        return MOVES.keySet().stream().noneMatch(edge -> held(edge).isEmpty());
    }

    /** The JVM and the IKE daemons end without a word. */
    private static void powerOff(String edge) throws IOException {
        fabric.lab().process(edge).kill();
        for (var daemon : List.of("charon", "direct")) {
            var process = fabric.daemon(edge, daemon);
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static void move(String edge) {
        var addresses = MOVES.getOrDefault(edge, List.of());
        ip(edge, "address del %s/24 dev eth0".formatted(addresses.getFirst()));
        ip(edge, "address add %s/24 dev eth0".formatted(addresses.getLast()));
        ip(edge, "route add default via 192.168.50.1");
    }

    private static void ip(String node, String arguments) {
        fabric.run(node, ("ip " + arguments).split(" "));
    }

    /** Until the table goes, the plant's switch passes no announcement on. */
    private static void deafen() {
        for (var line :
                List.of(
                        "add table bridge deaf",
                        "add chain bridge deaf seen { type filter hook forward priority -160; }",
                        "add rule bridge deaf seen udp dport 7947 counter drop")) {
            fabric.run("box-plant-a", "nft", line);
        }
    }

    private static boolean met() {
        return fabric.path("edge1", "edge2").equals("lan")
                && fabric.path("edge2", "edge1").equals("lan");
    }

    /** The digests of the scopes of single nodes that an edge holds; empty while it is silent. */
    private static Map<String, String> held(String edge) {
        var held = new TreeMap<String, String>();
        var status = fabric.lab().status(edge);
        if (status != null && status.document().get("digests") instanceof Map<?, ?> digests) {
            digests.forEach((scope, digest) -> held.put(scope.toString(), digest.toString()));
        }
        held.keySet().removeIf(scope -> !scope.startsWith("node:"));
        return held;
    }

    /** The IKE associations of an edge's direct tunnels, with their addresses. */
    private static String associations(String edge) {
        var vici = fabric.lab().files().resolve("nodes/%s/data/direct/charon.vici".formatted(edge));
        return fabric.run(edge, "swanctl", "--list-sas", "--uri", "unix://" + vici);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
