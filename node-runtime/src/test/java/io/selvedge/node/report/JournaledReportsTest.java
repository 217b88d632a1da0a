// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.model.Cause;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Subject;
import io.selvedge.node.report.ReportingNodes.Life;
import io.selvedge.node.store.MemoryDisk;
import io.selvedge.testing.SmallFabric;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two edges report to the journal over a network that loses, doubles and reorders, while the edges,
 * the gateway and the entities end and begin anew: what was made at one end is at the other, each
 * once and in order (P7).
 */
class JournaledReportsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROUND = 60;
    private static final int ROUNDS = 6;
    private static final int EDGES = 2;
    private static final Subject PEER = SmallFabric.subject(9);

    private final SmallFabric fabric = new SmallFabric("127.0.88.0/24", EDGES);
    private final ReportingNodes nodes = new ReportingNodes(fabric, new UnrulyNetwork(1));
    private final List<MemoryDisk> disks =
            List.of(new MemoryDisk(), new MemoryDisk(), new MemoryDisk());
    private final Life[] lives = new Life[EDGES + 1];
    @TempDir private Path folder;

    @Test
    void whatEdgesReportIsJournaledOnceWhateverEnds() throws Exception {
        try (nodes;
                var entities = new JournaledEntities(JournalSettings.parse("h2", "", folder))) {
            for (int node = 0; node <= EDGES; node++) {
                begin(node, entities, new Intake(1_000));
            }
            for (int round = 0; round < ROUNDS; round++) {
                var reports = reports(round * ROUND, ROUND);
                for (int edge = 1; edge <= EDGES; edge++) {
                    life(edge).report(reports);
                }
                int some = round * EDGES * ROUND + ROUND / 2; // some have arrived, and some not
                await().atMost(PATIENCE).until(() -> made(entities) >= some);
                switch (round % 3) {
                    case 0 -> entities.restart();
                    case 1 -> again(0, entities);
                    default -> again(1 + round % EDGES, entities);
                }
            }
            await().atMost(PATIENCE)
                    .until(() ->
                            made(entities) == EDGES * ROUNDS * ROUND
                                    && IntStream.rangeClosed(1, EDGES)
                                            .allMatch(each -> life(each).isEmpty()));
            for (int edge = 1; edge <= EDGES; edge++) {
                check(entities, SmallFabric.subject(edge));
            }
        }
    }

    private static void check(JournaledEntities entities, Subject edge) {
        var all = reports(0, ROUNDS * ROUND);
        assertThat(journaled(entities, edge))
                .filteredOn(JournaledReportsTest::isMade)
                .containsExactlyElementsOf(all);
        assertThat(journaled(entities, edge)).noneMatch(Report.Gap.class::isInstance);
        assertThat(entities.tunnels())
                .extracting(TunnelEvent::account)
                .filteredOn(account -> account.reporter().equals(edge))
                .extracting(account -> account.cause())
                .containsExactlyElementsOf(
                        all.stream()
                                .filter(Report.Tunnel.class::isInstance)
                                .map(report -> ((Report.Tunnel) report).cause())
                                .toList());
    }

    private void begin(int node, JournaledEntities entities, Intake intake) {
        var sink = node == 0 ? entities.sink() : null;
        lives[node] = nodes.live(node, disks.get(node), fabric.signer(node), sink, intake);
    }

    private void again(int node, JournaledEntities entities) {
        nodes.end(life(node));
        begin(node, entities, life(node).intake());
    }

    private Life life(int node) {
        return Objects.requireNonNull(lives[node]);
    }

    /** The reports of this test that were journaled; nothing else is in the journal but starts. */
    private static long made(JournaledEntities entities) {
        return IntStream.rangeClosed(1, EDGES)
                .mapToLong(edge ->
                        journaled(entities, SmallFabric.subject(edge)).stream()
                                .filter(JournaledReportsTest::isMade)
                                .count())
                .sum();
    }

    private static List<Report> journaled(JournaledEntities entities, Subject edge) {
        return entities.journal().stream()
                .filter(each -> each.node().equals(edge))
                .map(each -> ((MemorySink.Entry) each).what().report())
                .toList();
    }

    private static boolean isMade(Report report) {
        return switch (report) {
            case Report.Tunnel _ -> true;
            case Report.Started(var cause) -> cause.rule().startsWith("no ");
            default -> false;
        };
    }

    /** Every other is of a tunnel. */
    private static List<Report> reports(int from, int many) {
        return IntStream.range(from, from + many)
                .<Report>mapToObj(number -> {
                    var cause = Cause.of("no " + number);
                    return number % 2 == 0
                            ? new Report.Started(cause)
                            : new Report.Tunnel(PEER, Stage.RELAYED, Way.RELAY, cause);
                })
                .toList();
    }
}
