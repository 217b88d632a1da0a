// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Version;
import io.selvedge.wire.GossipCodec;
import io.selvedge.wire.RecordCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A community of a hundred at ten sites, and two hubs, over a network that loses one in twenty. */
class CommunitySimulation {
    private static final int MEMBERS = 100;
    private static final int CHANGES = 8;
    private static final Duration SPREAD_MAX = Duration.ofSeconds(10);
    private static final Bytes UNSIGNED = Bytes.of(new byte[RecordCodec.SIGNATURE_SIZE]);

    private final GossipWorld world = new GossipWorld(7, _ -> true);
    private final List<GossipWorld.Node> edges = new ArrayList<>();

    @Test
    void changesSpreadInSecondsAndIdleCostsLittle() {
        build();
        for (var edge : edges) {
            edge.publish(record(edge, 1));
        }
        world.run(Duration.ofSeconds(20));
        assertThat(world.converged()).isTrue();

        world.lose(0.05);
        for (int change = 0; change < CHANGES; change++) {
            var record = record(edges.get(change), 2);
            edges.get(change).publish(record);
            world.run(SPREAD_MAX);
            assertThat(world.nodes)
                    .as("change %d", change)
                    .allMatch(
                            node -> node.gossip.records().records(record.slot()).contains(record));
        }
        world.sent.clear();
        int seconds = 10;
        world.run(Duration.ofSeconds(seconds));
        long bytes =
                world.sent.stream()
                        .mapToLong(sent -> GossipCodec.size(sent) + SignedDatagram.OVERHEAD)
                        .sum();
        assertThat(bytes / seconds / world.nodes.size()).isLessThan(1_000);
    }

    private void build() {
        var scopes = new ArrayList<Scope>();
        scopes.add(new Scope.Fabric());
        for (int i = 0; i < MEMBERS; i++) {
            scopes.add(new Scope.OfNode(Lone.peer(i)));
        }
        var hubs = List.of(world.add(Subscriptions.ALL), world.add(Subscriptions.ALL));
        for (int i = 0; i < MEMBERS; i++) {
            var edge = world.add(Subscriptions.of(scopes));
            edge.site = "s" + i % 10;
            edges.add(edge);
        }
        for (var node : world.nodes) {
            world.nodes.stream()
                    .filter(other -> other != node)
                    .forEach(each -> world.reach(node, each));
        }
        assertThat(hubs).allMatch(hub -> hub.reached.size() == MEMBERS + 1);
        world.nodes.forEach(GossipWorld.Node::meet);
    }

    private SignedRecord record(GossipWorld.Node node, int version) {
        var header =
                new Header(
                        RecordType.ENDPOINT,
                        node.id,
                        node.signer.key(),
                        new Scope.OfNode(Lone.peer(edges.indexOf(node))),
                        new Version(0, version));
        var body = RecordCodec.body(header, Bytes.of(new byte[60]));
        return new SignedRecord(header, body, UNSIGNED);
    }
}
