// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.shell;

import static org.awaitility.Awaitility.await;

import io.selvedge.actors.backup.Row;
import io.selvedge.actors.cluster.Directory;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.entity.Mandate;
import io.selvedge.actors.intent.CheapSigner;
import io.selvedge.actors.intent.Cores;
import io.selvedge.actors.intent.IntentRouter;
import io.selvedge.actors.intent.MemoryAuthority;
import io.selvedge.actors.journal.EventRows;
import io.selvedge.actors.node.NodeKeys;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.JournalRows;
import io.selvedge.actors.persistence.JournalSettings;
import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.actors.sharding.CloudNode;
import io.selvedge.actors.sharding.Place;
import io.selvedge.fabric.SignedRecord;
import io.selvedge.model.Bytes;
import io.selvedge.model.Cidr;
import io.selvedge.model.IkeKey;
import io.selvedge.model.Intent;
import io.selvedge.model.Intent.FabricIntent;
import io.selvedge.model.Intent.NodeIntent;
import io.selvedge.model.Intent.PodPool;
import io.selvedge.model.RecordKey;
import io.selvedge.model.RecordType;
import io.selvedge.model.Role;
import io.selvedge.model.Subject;
import io.selvedge.postgres.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * How soon all Node entities are there again after their only cloud node started, unasked: two
 * hundred in CI, as many as {@code -Drecovery.nodes} says elsewhere (docs/benchmarks.md).
 */
class RecoveryScaleTest {
    private static final int NODES = Integer.getInteger("recovery.nodes", 200);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int WINDOW = 64;
    private static final CheapSigner SIGNER =
            new CheapSigner(new RecordKey(Bytes.of(new byte[32])));

    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir private Path folder;
    private Place place;

    @BeforeEach
    void choosePlace() throws IOException {
        place = Place.onLoopback("127.0.78.", 1, folder).getFirst();
    }

    @Test
    void fromAFile() throws Exception {
        recover("h2", TestJournals.file(folder));
    }

    @Test
    void fromAServer() throws Exception {
        recover("postgresql", TestJournals.server(POSTGRES.newDatabase(), folder));
    }

    private void recover(String database, JournalSettings settings) throws Exception {
        long events = fill(settings);
        live(settings, (entities, _) -> lookAtAll(entities));
        long started = System.nanoTime();
        live(
                settings,
                (_, told) -> await("all Nodes").atMost(PATIENCE).until(() -> told.size() == NODES));
        System.out.printf(
                "FIGURE %s: %d Node entities of %d events recovered %.1f s after the start of their"
                        + " cloud node (promise: 10000 in 60 s)%n",
                database, NODES, events, (System.nanoTime() - started) / 1e9);
    }

    private interface Act {
        void on(Entities entities, Set<Subject> told) throws Exception;
    }

    private void live(JournalSettings settings, Act act) throws Exception {
        var told = ConcurrentHashMap.<Subject>newKeySet();
        try (var journal = Journal.open(settings, place.claim())) {
            var entities =
                    new ShardedEntities(
                            journal,
                            new Cores("beijing", SIGNER),
                            records -> grants(records, told));
            var node = new CloudNode(place, journal, entities.sharding());
            try {
                await().atMost(PATIENCE).until(() -> node.up().size() == 1);
                act.on(entities, told);
            } finally {
                node.plane.close();
                await().atMost(PATIENCE).until(() -> node.plane.uptime().isZero());
            }
        }
    }

    private static void grants(List<SignedRecord> records, Set<Subject> told) {
        records.stream()
                .map(SignedRecord::header)
                .filter(header -> RecordType.NODE_GRANT.equals(header.type()))
                .forEach(header -> told.add(header.subject()));
    }

    /** Each is started, and remembered from then on. */
    private static void lookAtAll(Entities entities) {
        var asked = new ArrayDeque<CompletionStage<?>>();
        for (int node = 0; node < NODES; node++) {
            var id = new EntityId(EntityKind.NODE, new Subject("beijing", "u" + node).toString());
            asked.add(entities.look(id));
            if (asked.size() >= WINDOW) {
                asked.remove().toCompletableFuture().join();
            }
        }
        asked.forEach(each -> each.toCompletableFuture().join());
    }

    /** Writes down what all entities decide when the fabric is created; gives the events. */
    private long fill(JournalSettings settings) throws Exception {
        var authority = new MemoryAuthority("beijing", SIGNER, new Random(1));
        var keys = new TreeMap<String, NodeKeys>();
        for (int node = 0; node < NODES; node++) {
            keys.put("n" + node, keys(node));
        }
        var router = new IntentRouter(intent(), keys);
        int before;
        do {
            before = authority.decided();
            long basis =
                    authority.directory().map(Directory::mandate).map(Mandate::revision).orElse(0L);
            authority.tell(router.intend(basis, new TreeSet<>(), Bytes.of(new byte[32])));
            authority.settle();
            authority
                    .directory()
                    .ifPresent(
                            directory -> router.route(directory).tells().forEach(authority::tell));
            authority.settle();
        } while (authority.decided() > before);

        var system = akka.actor.ActorSystem.create("rows", EventRows.settings());
        var rows = new EventRows(system).rows(authority.history(), Instant.EPOCH, "test");
        system.terminate();
        var left = new ArrayDeque<Row>(rows);
        return JournalRows.fill(settings, place.claim(), left::poll);
    }

    private static Intent intent() {
        var nodes = new TreeMap<String, NodeIntent>();
        for (int node = 0; node < NODES; node++) {
            nodes.put(
                    "n" + node,
                    new NodeIntent(
                            "n" + node,
                            "u" + node,
                            new TreeSet<>(Set.of(Role.EDGE)),
                            "site" + node / 10,
                            "",
                            "",
                            new TreeSet<>(),
                            List.of()));
        }
        var pool = new PodPool(Cidr.parse("10.128.0.0/10"), 26);
        return new Intent(
                new FabricIntent(
                        "beijing",
                        new TreeSet<>(Set.of(pool.cidr())),
                        new TreeSet<>(Set.of(Cidr.parse("10.96.0.0/16"))),
                        new TreeMap<>(),
                        new TreeSet<>(Set.of(pool))),
                nodes,
                new TreeMap<>());
    }

    private static NodeKeys keys(int node) {
        byte[] key = new byte[91];
        key[0] = 1;
        key[1] = (byte) (node >> 8);
        key[2] = (byte) node;
        var record = java.util.Arrays.copyOf(key, 32);
        return new NodeKeys(new RecordKey(Bytes.of(record)), new IkeKey(Bytes.of(key)));
    }
}
