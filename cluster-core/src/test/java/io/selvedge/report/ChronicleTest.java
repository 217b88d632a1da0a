// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.IpAddress;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Stage;
import io.selvedge.paths.Association;
import io.selvedge.paths.Observed;
import io.selvedge.paths.PeerPath;
import io.selvedge.plan.Fabrics;
import io.selvedge.plan.Fabrics.Attachment;
import io.selvedge.plan.Fabrics.NodeShape;
import io.selvedge.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a node reports of its plans and of the tunnel to node 2. */
class ChronicleTest {
    private static final List<NodeShape> EDGES =
            List.of(
                    new NodeShape(1, "a", Attachment.NATED),
                    new NodeShape(2, "b", Attachment.PUBLIC));

    private final Plan plan = plan(Map.of("line", List.of(1, 2)));
    private final Chronicle chronicle = new Chronicle();

    @Test
    void aPlanIsReportedWithWhatItChangesAndWhy() {
        var reports = chronicle.planned(plan);
        assertThat(reports.getFirst())
                .isInstanceOfSatisfying(
                        Report.PlanChanged.class,
                        change -> {
                            assertThat(change.added()).isPositive();
                            assertThat(change.removed()).isZero();
                        });
        assertThat(stages(reports)).containsExactly(Stage.PLANNED, Stage.PLANNED);
        assertThat(chronicle.planned(plan)).isEmpty();
    }

    @Test
    void aPeerThatIsPlannedNoMoreIsRemovedForTheReasonThatItHad() {
        chronicle.planned(plan);
        var reports = chronicle.planned(plan(Map.of()));
        assertThat(reports.getLast())
                .isInstanceOfSatisfying(
                        Report.Tunnel.class,
                        tunnel -> {
                            assertThat(tunnel.peer()).isEqualTo(Fabrics.subject(2));
                            assertThat(tunnel.stage()).isEqualTo(Stage.REMOVED);
                            assertThat(tunnel.cause().rule()).contains("community line");
                            assertThat(tunnel.cause().records()).isNotEmpty();
                        });
    }

    @Test
    void theLifeOfATunnel() {
        assertThat(see(PeerPath.Way.RELAY)).isEqualTo("RELAYED RELAY as found: the relay carries");
        assertThat(see(PeerPath.Way.RELAY)).isEmpty();
        assertThat(see(PeerPath.Way.DIRECT, up(1, "10.99.2.2")))
                .isEqualTo("ESTABLISHED DIRECT the tunnel's own path carries");
        assertThat(see(PeerPath.Way.DIRECT, up(1, "10.99.2.2"))).isEmpty();
        assertThat(see(PeerPath.Way.DIRECT, up(1, "10.99.2.2"), up(2, "10.99.2.2")))
                .isEqualTo("REKEYED DIRECT new keys");
        assertThat(see(PeerPath.Way.DIRECT, up(2, "10.99.2.2"))).isEmpty();
        assertThat(see(PeerPath.Way.DIRECT, up(3, "10.99.7.7")))
                .isEqualTo("MOVED DIRECT from another address");
        assertThat(see(PeerPath.Way.LAN, up(3, "10.99.7.7")))
                .isEqualTo("MOVED LAN by another path");
        assertThat(see(PeerPath.Way.RELAY)).isEqualTo("RELAYED RELAY the direct path was left");
        assertThat(see(PeerPath.Way.NONE)).isEqualTo("LOST NONE nothing carries");
        assertThat(see(PeerPath.Way.NONE)).isEmpty();
    }

    private static Plan plan(Map<String, List<Integer>> communities) {
        return Fabrics.plan(1, Fabrics.view(Fabrics.of(EDGES, communities)));
    }

    /** The one report that a look leads to, in words; empty when there is none. */
    private String see(PeerPath.Way way, Association... associations) {
        var ids = new ArrayList<Long>();
        for (var each : associations) {
            ids.add(each.id());
        }
        var path = new PeerPath("node2", PeerPath.State.UP, way, ids, ids, 0);
        var observed = new Observed(List.of(), List.of(associations), new TreeSet<>());
        var reports = chronicle.seen(plan, observed, Map.of("node2", path));
        assertThat(reports).hasSizeLessThan(2);
        return reports.isEmpty() ? "" : words((Report.Tunnel) reports.getFirst());
    }

    private static String words(Report.Tunnel tunnel) {
        assertThat(tunnel.peer()).isEqualTo(Fabrics.subject(2));
        var rule = tunnel.cause().rule();
        assertThat(rule).contains("; community line;");
        return "%s %s %s"
                .formatted(tunnel.stage(), tunnel.way(), rule.substring(0, rule.indexOf(';')));
    }

    private Association up(long id, String from) {
        var peer = Objects.requireNonNull(plan.peers().get(Fabrics.subject(2)));
        return new Association(
                id,
                Objects.requireNonNull(peer.connection()).name(),
                "node2",
                Association.State.ESTABLISHED,
                true,
                IpAddress.parse("10.99.1.2"),
                IpAddress.parse(from),
                500,
                Duration.ZERO,
                List.of(new Association.Child(id, "child", "c1", "c2", 0, 0)));
    }

    private static List<Stage> stages(List<Report> reports) {
        return reports.stream()
                .filter(Report.Tunnel.class::isInstance)
                .map(report -> ((Report.Tunnel) report).stage())
                .toList();
    }
}
