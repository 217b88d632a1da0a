// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.Bytes;
import io.selvedge.model.Header;
import io.selvedge.model.RecordType;
import io.selvedge.model.Scope;
import io.selvedge.model.Subject;
import io.selvedge.model.Version;
import io.selvedge.wire.RecordCodec;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Gossip over a bad network; then the network gets well, and all must agree. */
class GossipSimulation {
    private static final Duration HEALED_MAX = Duration.ofSeconds(60);

    private static final List<Scope> SCOPES =
            List.of(
                    new Scope.Fabric(),
                    new Scope.Site("a"),
                    new Scope.Site("b"),
                    new Scope.OfCommunity("c"),
                    new Scope.OfNode(new Subject("beijing", "n1")));

    private static final Bytes UNSIGNED = Bytes.of(new byte[RecordCodec.SIGNATURE_SIZE]);

    @Property(tries = 100)
    void nodesAgreeOnceFaultsStop(@ForAll long seed) {
        var random = new Random(seed);
        var world = new GossipWorld(seed, _ -> true);
        var connector = world.add(Subscriptions.ALL);
        int size = 3 + random.nextInt(10);
        while (world.nodes.size() < size) {
            world.add(subscriptions(random)).site = "s" + random.nextInt(3);
        }
        world.nodes.stream().skip(1).forEach(node -> world.link(connector, node));
        world.faulty(true);
        for (int second = 0; second < 20; second++) {
            disturb(world, random, second);
            world.run(Duration.ofSeconds(1));
        }

        world.faulty(false);
        world.nodes.stream().skip(1).forEach(node -> world.link(connector, node));

        var waited = Duration.ZERO;
        while (!world.converged() && waited.compareTo(HEALED_MAX) < 0) {
            world.run(Duration.ofSeconds(1));
            waited = waited.plusSeconds(1);
        }
        assertThat(world.converged()).as("seed %d, %d nodes", seed, size).isTrue();
        for (var node : world.nodes) {
            assertThat(node.gossip.records().scopes()).allMatch(node::keeps);
            var replayed = new RecordSet(node.stored);
            assertThat(GossipWorld.all(node)).allMatch(replayed.records()::contains);
        }
    }

    /** Something is published, cut, linked, equivocated or subscribed to. */
    private static void disturb(GossipWorld world, Random random, int version) {
        for (int i = 0; i < 3; i++) {
            var node = any(world, random);
            var scopes = node.subscriptions.all() ? SCOPES : node.subscriptions.scopes();
            var scope = List.copyOf(scopes).get(random.nextInt(scopes.size()));
            int size = random.nextInt(10) == 0 ? 3_000 : random.nextInt(200);
            node.publish(record(node, scope, random.nextInt(3), version, size, random));
            if (random.nextInt(8) == 0) {
                node.publish(record(node, scope, random.nextInt(3), version, size, random));
            }
        }
        var a = any(world, random);
        var b = any(world, random);
        if (a != b && random.nextBoolean()) {
            world.link(a, b);
        } else if (a != b) {
            world.unlink(a, b);
        }
    }

    private static SignedRecord record(
            GossipWorld.Node node, Scope scope, int slot, int version, int size, Random random) {
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        var header =
                new Header(
                        new RecordType(1 + random.nextInt(7)),
                        new Subject("beijing", "s" + slot),
                        node.signer.key(),
                        scope,
                        new Version(0, version));
        return new SignedRecord(header, RecordCodec.body(header, Bytes.of(payload)), UNSIGNED);
    }

    private static Subscriptions subscriptions(Random random) {
        if (random.nextInt(4) == 0) {
            return Subscriptions.ALL;
        }
        var scopes = new TreeSet<Scope>(SCOPES.subList(0, 1));
        SCOPES.stream().filter(_ -> random.nextBoolean()).forEach(scopes::add);
        return Subscriptions.of(scopes);
    }

    private static GossipWorld.Node any(GossipWorld world, Random random) {
        return world.nodes.get(random.nextInt(world.nodes.size()));
    }
}
