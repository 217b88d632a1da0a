// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static io.selvedge.fabric.Statements.FIRST;
import static io.selvedge.fabric.Statements.ROOT;
import static io.selvedge.fabric.Statements.granted;
import static io.selvedge.fabric.Statements.key;
import static io.selvedge.fabric.Statements.node;
import static io.selvedge.fabric.Statements.said;
import static io.selvedge.fabric.Statements.scope;
import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Cidr;
import io.selvedge.model.IpAddress;
import io.selvedge.model.Payload;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.model.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a connector of ten thousand nodes pays; the bounds are far above what was measured. */
class ViewScaleTest {
    private static final int NODES = 10_000;
    private static final int CHANGES = 200;

    @Test
    void aChangeOfOneNodeDoesNotReadTheRest() {
        var statements = new ArrayList<>(List.of(Statements.trusted(FIRST)));
        for (int node = 0; node < NODES; node++) {
            statements.addAll(of(node, 1));
        }
        long start = System.nanoTime();
        var view = View.of(statements, ROOT);
        var whole = Duration.ofNanos(System.nanoTime() - start);
        assertThat(view.grants()).hasSize(NODES);

        start = System.nanoTime();
        for (int node = 0; node < CHANGES; node++) {
            view = view.update(Map.<Scope, List<Statement>>of(scope(node), of(node, 2)));
        }
        var one = Duration.ofNanos((System.nanoTime() - start) / CHANGES);

        System.out.printf("view of %d nodes: %s, one change: %s%n", NODES, whole, one);
        assertThat(whole).isLessThan(Duration.ofSeconds(20));
        assertThat(one).isLessThan(Duration.ofMillis(100));
    }

    private static List<Statement> of(int node, int sequence) {
        var underlay = IpAddress.of(new byte[] {10, 99, (byte) (node >> 8), (byte) node});
        var endpoint = new Payload.Endpoint(List.of(underlay), 500, "userspace", sequence);
        return List.of(
                granted(FIRST, node, grant(node)),
                said(key(node), node(node), scope(node), sequence, 0, endpoint),
                said(
                        key(0),
                        node(node),
                        scope(node),
                        sequence,
                        0,
                        new Payload.Observation(underlay, 4500, false)));
    }

    private static NodeGrant grant(int node) {
        var like = Statements.grant(node, node, 0, node);
        var pods = new Cidr(Cidr.parse("10.128.0.0/9").address(16L * node), 28);
        return new NodeGrant(
                like.name(),
                like.roles(),
                like.site(),
                like.zone(),
                like.region(),
                Cidr.parse("100.64.0.0/10").address(node),
                new TreeSet<>(List.of(pods)),
                like.publicAddresses(),
                like.communities(),
                like.backbone(),
                like.recordKey(),
                like.ikeKey());
    }
}
