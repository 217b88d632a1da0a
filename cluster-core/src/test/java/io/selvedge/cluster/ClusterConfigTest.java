// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.cluster;

import static io.selvedge.cluster.TestNodes.CLOUD1;
import static io.selvedge.cluster.TestNodes.EDGE1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import akka.cluster.Cluster;
import com.typesafe.config.Config;
import io.selvedge.model.Bytes;
import io.selvedge.model.IkeKey;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.RecordKey;
import io.selvedge.model.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigTest {
    @TempDir private Path folder;

    @Test
    void theDefaultsAreAsDocumented() {
        assertThat(ClusterTimings.defaults())
                .isEqualTo(
                        new ClusterTimings(
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(15),
                                Duration.ofSeconds(20),
                                16));
    }

    @Test
    void aNodesSettingsLieOverOursAndOursOverAkkas() throws Exception {
        try (var nodes = new TestNodes(folder)) {
            var config = ClusterConfig.render(nodes.edge(EDGE1, "plant-a"), Tenant.NONE);
            var artery = config.getConfig("akka.remote.artery");
            assertThat(artery.getString("canonical.hostname")).isEqualTo("127.0.77.11");
            assertThat(artery.getString("transport")).isEqualTo("tls-tcp");
            var tls = artery.getConfig("ssl.config-ssl-engine");
            assertThat(tls.getBoolean("hostname-verification")).isTrue();
            assertThat(tls.getBoolean("require-mutual-authentication")).isTrue();
            assertThat(config.getString("akka.coordinated-shutdown.exit-jvm")).isEqualTo("off");
            assertThat(config.getString("akka.cluster.multi-data-center.self-data-center"))
                    .isEqualTo("plant-a");
            assertThat(config.getStringList("akka.cluster.roles")).containsExactly("edge");
        }
    }

    @Test
    void aConnectorIsInTheCloudAndAnEdgeInItsSite() throws Exception {
        try (var nodes = new TestNodes(folder)) {
            var stores = nodes.stores(nodes.authority, EDGE1);
            var connector = ClusterSettings.of(grant(Role.CONNECTOR, "dc-1"), 2551, stores);
            assertThat(connector.dataCenter()).isEqualTo("cloud");
            assertThat(connector.isCloud()).isTrue();
            var edge = ClusterSettings.of(grant(Role.EDGE, "plant-a"), 2551, stores);
            assertThat(edge.dataCenter()).isEqualTo("plant-a");
            assertThat(edge.isCloud()).isFalse();
            assertThatThrownBy(() -> ClusterSettings.of(grant(Role.EDGE, "cloud"), 2551, stores))
                    .hasMessageContaining("name the site otherwise");
        }
    }

    @Test
    void theStoresAreTheirOwnersAloneAndTheirPasswordIsNotPrinted() throws Exception {
        try (var nodes = new TestNodes(folder)) {
            var stores = nodes.stores(nodes.authority, EDGE1);
            for (var file : List.of(stores.keyStore(), stores.trustStore())) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
            assertThat(stores.toString()).doesNotContain(stores.password());
        }
    }

    @Test
    void downingIsTheResolverInTheCloudAndNothingOnEdges() throws Exception {
        try (var nodes = new TestNodes(folder)) {
            assertThat(downs(ClusterConfig.render(nodes.cloud(CLOUD1), Tenant.NONE))).isTrue();
            assertThat(downs(ClusterConfig.render(nodes.edge(EDGE1, "plant-a"), Tenant.NONE)))
                    .isFalse();
        }
    }

    private static boolean downs(Config config) {
        var system = ActorSystem.create("downing", config);
        try {
            var provider = Cluster.get(system).downingProvider();
            assertThat(provider).isInstanceOf(RoleAwareDowning.class);
            return provider.downingActorProps().isDefined();
        } finally {
            system.terminate();
        }
    }

    private static NodeGrant grant(Role role, String site) {
        return new NodeGrant(
                "node",
                new TreeSet<>(List.of(role)),
                site,
                "",
                "",
                EDGE1,
                new TreeSet<>(),
                List.of(),
                new TreeSet<>(),
                new TreeSet<>(),
                new RecordKey(Bytes.of(new byte[32])),
                new IkeKey(Bytes.of(new byte[91])));
    }
}
