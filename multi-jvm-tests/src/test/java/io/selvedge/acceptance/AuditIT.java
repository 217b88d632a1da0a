// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import io.selvedge.lab.Await;
import io.selvedge.lab.Cut;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * P7, R1, R2, O8 on a running fabric: what its nodes decide is told by the authority, in order and
 * with causes, also what happened while there was none. Needs root.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AuditIT {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration LATER = Duration.ofSeconds(90);
    private static final List<String> EDGES = List.of("edge1", "edge2", "edge3", "edge4");

    @SuppressWarnings("NullAway.Init") // by up(), before any test
    private static LabUnderTest fabric;

    @TempDir private Path folder = Path.of("");

    @BeforeAll
    static void up() {
        fabric = LabUnderTest.up("audit");
        fabric.awaitCalm();
    }

    @AfterAll
    static void down() {
        fabric.close();
    }

    @Test
    @Order(1)
    void whatTheNodesDecidedIsToldWithItsCause() {
        assertThat(Await.until(LATER, () -> fates("edge1|edge4").contains("established")))
                .as("%s", history("edge1|edge4"))
                .isTrue();
        var planned =
                history("edge1|edge4").stream()
                        .filter(entry -> "planned".equals(entry.get("event")))
                        .findFirst()
                        .orElseThrow();
        assertThat(String.valueOf(planned.get("cause"))).contains("community line-1");
        assertThat(fates("edge1")).startsWith("declared", "granted", "published");
        assertThat(fates("line-1")).contains("declared", "published");
    }

    @Test
    @Order(2)
    void whatHappenedWithoutTheAuthorityIsToldWhenItIsBack() {
        fabric.lab().process("cloud1").kill();
        var gone = Instant.now();
        fabric.lab().cut(Cut.of("edge1", "edge4"));
        assertThat(Await.until(SOON, () -> fabric.path("edge1", "edge4").equals("relay"))).isTrue();
        fabric.lab().healAll();
        assertThat(Await.until(LATER, () -> fabric.path("edge1", "edge4").equals("direct")))
                .isTrue();
        assertThat(outbox("edge1", "depth")).as("reports wait on edge1's disk").isPositive();

        fabric.lab().process("cloud1").start();
        long started = System.nanoTime();
        assertThat(
                        Await.until(
                                LATER,
                                () ->
                                        happenedSince("edge1|edge4", gone)
                                                .containsAll(List.of("relayed", "established"))))
                .as("%s", history("edge1|edge4"))
                .isTrue();
        fabric.figure(
                "what happened without the authority is told %.1f s after its node's start"
                        .formatted((System.nanoTime() - started) / 1e9));
        fabric.awaitCalm();
        assertThat(Await.until(LATER, () -> EDGES.stream().allMatch(AuditIT::hasToldAll))).isTrue();
        for (var edge : EDGES) {
            assertThat(reportsOf(edge))
                    .as("each number of %s once, none missing", edge)
                    .isEqualTo(outbox(edge, "acknowledged"));
            assertThat(outbox(edge, "dropped")).isZero();
        }
        var relayed = happened("edge1|edge4", "relayed", gone).plusMillis(1);
        assertThat(statusAt(relayed)).contains("\"state\":\"relayed\"");
        assertThat(statusAt(Instant.now())).doesNotContain("\"state\":\"relayed\"");
    }

    @Test
    @Order(3)
    void aBackupComesBackAboveWhatTheFabricHolds() throws Exception {
        var config = fabric.lab().files().resolve("nodes/cloud1/node.conf").toString();
        var backup = folder.resolve("backup.jsonl.gz").toString();
        assertThat(selvedge("authority", "export", "--config", config, backup))
                .contains("read again and whole");
        var before = fabric.operations();
        fabric.lab().process("cloud1").kill();
        var journal = fabric.lab().files().resolve("nodes/cloud1/authority/journal");
        try (var files = Files.list(journal)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(selvedge("authority", "import", "--config", config, backup))
                .contains("the authority goes on above what the fabric holds");
        fabric.lab().process("cloud1").start();
        fabric.awaitCalm();
        assertThat(Await.until(LATER, () -> fates("beijing").contains("epoch-begun")))
                .as("%s", fates("beijing"))
                .isTrue();
        for (var edge : EDGES) {
            var ipsec = edge + " ipsec";
            assertThat(fabric.operations().get(ipsec)).as(ipsec).isEqualTo(before.get(ipsec));
        }
    }

    private String selvedge(String... arguments) throws IOException, InterruptedException {
        var forked = ForkedSelvedge.start(folder.resolve("said"), arguments);
        assertThat(forked.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(forked.process().exitValue()).as(forked.said()).isZero();
        return forked.said();
    }

    /** How many of its reports are journaled, as the history of a node has them. */
    private static long reportsOf(String node) {
        var told = fates(node);
        assertThat(told).doesNotContain("missed");
        return told.stream().filter("reported"::equals).count();
    }

    private static boolean hasToldAll(String edge) {
        return outbox(edge, "depth") == 0 && reportsOf(edge) == outbox(edge, "acknowledged");
    }

    private static long outbox(String node, String field) {
        return fabric.status(node).document().get("outbox") instanceof Map<?, ?> outbox
                        && outbox.get(field) instanceof Number number
                ? number.longValue()
                : -1;
    }

    private static List<String> fates(String name) {
        return history(name).stream().map(entry -> String.valueOf(entry.get("event"))).toList();
    }

    private static List<String> happenedSince(String name, Instant since) {
        return history(name).stream()
                .filter(entry ->
                        Instant.parse(String.valueOf(entry.get("happened"))).isAfter(since))
                .map(entry -> String.valueOf(entry.get("event")))
                .toList();
    }

    private static Instant happened(String name, String event, Instant since) {
        return history(name).stream()
                .filter(entry -> event.equals(entry.get("event")))
                .map(entry -> Instant.parse(String.valueOf(entry.get("happened"))))
                .filter(moment -> moment.isAfter(since))
                .findFirst()
                .orElseThrow();
    }

    /** The entries of what has that name; none while the authority does not answer. */
    private static List<Map<?, ?>> history(String name) {
        try {
            var answer = JSON.std.mapFrom(get("/v1/history?name=" + encode(name)));
            var entries = new ArrayList<Map<?, ?>>();
            if (answer.get("body") instanceof Map<?, ?> body
                    && body.get("entries") instanceof List<?> all) {
                all.forEach(each -> entries.add((Map<?, ?>) each));
            }
            return entries;
        } catch (IOException notUp) {
            return List.of();
        }
    }

    private static String statusAt(Instant moment) {
        try {
            return get("/v1/status?at=" + encode(moment.toString()));
        } catch (IOException notUp) {
            return String.valueOf(notUp);
        }
    }

    private static String get(String target) throws IOException {
        return fabric.ask("cloud1", "GET " + target);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
