// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import static io.selvedge.cluster.TestNodes.CLOUD1;
import static io.selvedge.cluster.TestNodes.EDGE1;
import static io.selvedge.cluster.TestNodes.EDGE2;
import static io.selvedge.cluster.TestNodes.EDGE3;
import static io.selvedge.cluster.TestNodes.seenBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.selvedge.model.IpAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real TLS between planes on loopback; the deadlines are generous because machines are busy. */
class ClusterPlaneTest {
    private static final List<IpAddress> CLOUD = List.of(CLOUD1);
    private static final List<IpAddress> EDGES = List.of(EDGE1, EDGE2);

    @TempDir private Path folder;
    private TestNodes nodes;
    private LogCount log;

    @BeforeEach
    void open() {
        nodes = new TestNodes(folder);
        log = new LogCount();
    }

    @AfterEach
    void close() {
        nodes.close();
        log.close();
    }

    @Test
    void edgesJoinTheCloudAndItsRestartsFindTheOldClusterEvenWithAnEdgeGone() throws Exception {
        var cloud = nodes.start(nodes.cloud(CLOUD1));
        cloud.update(CLOUD, EDGES);
        var edge1 = edge(EDGE1, "plant-a");
        var edge2 = edge(EDGE2, "plant-b");
        awaitAllUp(cloud, edge1, edge2);
        assertThat(cloud.members())
                .extracting(ClusterMember::dataCenter)
                .containsExactly("cloud", "plant-a", "plant-b");

        var before = edge1.uptime();
        cloud.kill();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> cloud.uptime().compareTo(before) < 0 && !cloud.members().isEmpty());
        awaitAllUp(cloud, edge1, edge2);

        edge2.close();
        cloud.close();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> cloud.uptime().isZero() && edge2.uptime().isZero());
        var fresh = nodes.start(nodes.cloud(CLOUD1));
        fresh.update(CLOUD, EDGES);
        awaitAllUp(fresh, edge1);
        assertThat(edge1.uptime()).as("the edge kept its membership").isGreaterThan(before);
    }

    @Test
    void strangersAreRefusedWhileTheClusterGrows() throws Exception {
        var cloud = nodes.start(nodes.cloud(CLOUD1));
        cloud.update(CLOUD, List.of());
        var otherAuthority = nodes.stores(TestNodes.newAuthority(), EDGE1);
        var stranger = nodes.start(nodes.edge(EDGE1, "plant-a", otherAuthority));
        stranger.update(CLOUD, List.of());
        log.await("signature check failed|unable to find valid certification path", 3);

        var othersAddress = nodes.stores(nodes.authority, EDGE3);
        var impostor = nodes.start(nodes.edge(EDGE2, "plant-b", othersAddress));
        impostor.update(CLOUD, List.of());
        log.await("No subject alternative names matching IP address 127.0.77.12 found", 2);

        var honest = edge(EDGE3, "plant-c");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(seenBy(cloud))
                                .containsExactly("127.0.77.10 Up", "127.0.77.13 Up"));
        assertThat(seenBy(honest)).hasSize(2);
        assertThat(stranger.members()).isEmpty();
        assertThat(impostor.members()).isEmpty();
    }

    @Test
    void anEdgeAloneNeverFormsACluster() throws Exception {
        var edge1 = edge(EDGE1, "plant-a");
        var edge2 = edge(EDGE2, "plant-a");
        log.await("Couldn't join seed nodes after \\[3\\] attempts", 2);
        assertThat(edge1.members()).isEmpty();
        assertThat(edge2.members()).isEmpty();
        assertThat(edge1.uptime()).isPositive();
    }

    @Test
    void anEdgeLeavesAClusterThatTheCloudHasLeft() throws Exception {
        var cloudAnswers = new AtomicBoolean();
        var cloud = nodes.start(nodes.cloud(CLOUD1));
        cloud.update(CLOUD, List.of());
        var edge = nodes.start(nodes.edge(EDGE1, "plant-a"), cloudAnswers::get);
        edge.update(CLOUD, List.of());
        awaitAllUp(cloud, edge);

        cloud.close();
        await().atMost(Duration.ofSeconds(20)).until(() -> cloud.uptime().isZero());
        var fresh = nodes.start(nodes.cloud(CLOUD1));
        fresh.update(CLOUD, List.of());
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(seenBy(edge)).contains("(127.0.77.10 Up)"));
        assertThat(fresh.members()).hasSize(1);

        cloudAnswers.set(true);
        awaitAllUp(fresh, edge);
    }

    @Test
    void aPlaneWaitsForItsAddress() throws Exception {
        var notHere = IpAddress.parse("192.0.2.77");
        var plane = nodes.start(nodes.cloud(notHere));
        plane.update(List.of(notHere), List.of());
        log.await("the cluster plane cannot start on 192.0.2.77", 2);
        assertThat(plane.uptime()).isZero();
        assertThat(plane.members()).isEmpty();
        plane.kill();
        plane.close();
        plane.update(CLOUD, List.of());
    }

    private ClusterPlane edge(IpAddress address, String site) throws Exception {
        var plane = nodes.start(nodes.edge(address, site), () -> false);
        plane.update(CLOUD, List.of());
        return plane;
    }

    private static void awaitAllUp(ClusterPlane... planes) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    for (var plane : planes) {
                        assertThat(seenBy(plane))
                                .hasSize(planes.length)
                                .allMatch(text -> text.endsWith(" Up"));
                    }
                });
    }
}
