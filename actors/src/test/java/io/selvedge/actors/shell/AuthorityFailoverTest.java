// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.ActorSystem;
import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.actors.sharding.CloudNodes;
import io.selvedge.actors.sharding.CloudNodes.CloudNode;
import io.selvedge.actors.sharding.Sharding;
import io.selvedge.actors.shell.EntityMessage.Sight;
import io.selvedge.fabric.RecordSigner;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Payload.NodeGrant;
import io.selvedge.postgres.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The authority on three cloud nodes with a PostgreSQL, whose owner of the Cluster is cut off, and
 * another killed, while intents arrive.
 */
class AuthorityFailoverTest {
    private static final Duration PROMISED = Duration.ofSeconds(25);
    private static final EntityId CLUSTER = new EntityId(EntityKind.CLUSTER, "beijing");
    private static final RecordSigner SIGNER = Wishes.signer();

    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    /** What each node's entities published there, by whose sharding it is. */
    private final Map<Sharding, Set<SignedRecord>> heard = new ConcurrentHashMap<>();

    private final Map<Sharding, ShardedEntities> entities = new HashMap<>();
    @TempDir private Path folder;

    @Test
    void anotherNodeDecidesWithoutLossOrContradiction() throws Exception {
        var settings = TestJournals.server(POSTGRES.newDatabase(), folder);
        try (var cloud = new CloudNodes(3, folder)) {
            var nodes = cloud.start(settings, this::authority);
            fulfil(nodes.getFirst(), Wishes.of(0, 1, 2).community("red", 1, 2));

            var owner = owner(nodes);
            var others = nodes.stream().filter(node -> node != owner).toList();
            long cutAt = System.nanoTime();
            owner.cut();
            // Who is cut off does not know yet: two decide for a while, and contradict nobody.
            var cutOff = Thread.ofVirtual().start(() -> tryFulfil(owner, Wishes.of(0, 1, 2, 3)));
            fulfil(others.getFirst(), Wishes.of(0, 1, 2, 4).community("red", 1, 4));
            answerWithin(PROMISED, others.getFirst(), "the cut", cutAt);
            cutOff.join();
            owner.heal();
            await("the node that was cut off is a member again")
                    .atMost(Duration.ofSeconds(90))
                    .until(() -> nodes.stream().allMatch(node -> node.plane.members().size() == 3));

            long killedAt = System.nanoTime();
            var killed = owner(nodes);
            killed.plane.kill();
            var last = nodes.stream().filter(node -> node != killed).findFirst().orElseThrow();
            fulfil(last, Wishes.of(0, 1, 2, 3, 4).community("red", 1, 2, 3, 4));
            answerWithin(PROMISED, last, "the kill", killedAt);

            var published = new Feed(way(last), "beijing", new Random(5)).published();
            assertThat(Fabrics.said(published, NodeGrant.class))
                    .extracting(NodeGrant::name)
                    .contains("node0", "node1", "node2", "node4");
            assertThat(Fabrics.said(published, NodeGrant.class))
                    .extracting(NodeGrant::fabricAddress)
                    .doesNotHaveDuplicates();
            nobodyContradicts();
            assertThat(allHeard()).as("told to some node's fabric").containsAll(published);
        }
    }

    private Sharding authority(Journal journal) {
        var told = ConcurrentHashMap.<SignedRecord>newKeySet();
        var sharded = new ShardedEntities(journal, new Cores("beijing", SIGNER), told::addAll);
        heard.put(sharded.sharding(), told);
        entities.put(sharded.sharding(), sharded);
        return sharded.sharding();
    }

    private Entities way(CloudNode node) {
        return Optional.ofNullable(entities.get(node.sharding)).orElseThrow();
    }

    /** Asks again until it is carried out, as the folder's source does. */
    private void fulfil(CloudNode node, Wishes wishes) {
        await().atMost(Duration.ofSeconds(90))
                .until(() -> tryFulfil(node, wishes), Optional::isPresent);
    }

    private Optional<SortedSet<String>> tryFulfil(CloudNode node, Wishes wishes) {
        try {
            var feed = new Feed(way(node), "beijing", new Random(wishes.hashCode()));
            return Optional.of(feed.fulfil(Fabrics.wish(wishes)));
        } catch (Feed.Unanswered | InterruptedException again) {
            return Optional.empty();
        }
    }

    private void answerWithin(Duration promised, CloudNode node, String what, long since)
            throws Exception {
        Sight sight = way(node).look(CLUSTER).toCompletableFuture().get(5, TimeUnit.SECONDS);
        var took = Duration.ofNanos(System.nanoTime() - since);
        System.out.printf(
                "failover: all is decided %.1f s after %s%n", took.toMillis() / 1e3, what);
        assertThat(sight.cluster()).isNotNull();
        assertThat(took).isLessThan(promised);
    }

    /** The node where the Cluster lives. */
    private CloudNode owner(List<CloudNode> nodes) {
        return nodes.stream().filter(node -> hosts(node.system())).findFirst().orElseThrow();
    }

    private static boolean hosts(ActorSystem system) {
        try {
            return system.actorSelection("/system/sharding/Cluster/*/" + CLUSTER.id())
                    .resolveOne(Duration.ofSeconds(2))
                    .toCompletableFuture()
                    .get(5, TimeUnit.SECONDS)
                    .path()
                    .address()
                    .hasLocalScope();
        } catch (ExecutionException | TimeoutException | InterruptedException nobody) {
            return false;
        }
    }

    private void nobodyContradicts() {
        var bodies = new HashMap<String, SignedRecord>();
        for (var record : allHeard()) {
            var before = bodies.putIfAbsent(record.slot() + " " + record.version(), record);
            assertThat(before == null || before.equals(record)).as("%s", record).isTrue();
        }
    }

    private Set<SignedRecord> allHeard() {
        var all = new HashSet<SignedRecord>();
        heard.values().forEach(all::addAll);
        return all;
    }
}
