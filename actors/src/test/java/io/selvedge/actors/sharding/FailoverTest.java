// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.sharding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.actors.sharding.Counter.Count;
import io.selvedge.actors.sharding.Counter.State;
import io.selvedge.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Three cloud nodes with a PostgreSQL, one of which is cut off, ends, and comes back. */
class FailoverTest {
    private static final int PROMISED_SECONDS = 25;
    private static final Duration ASK = Duration.ofSeconds(2);
    private static final List<String> IDS = List.of("a", "b", "c", "d", "e", "f");
    private static final Kind<Counter.Command> COUNTERS = Counter.remembered();

    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir private Path folder;

    @Test
    void entitiesAnswerElsewhereAndNothingIsDecidedTwice() throws Exception {
        var settings = TestJournals.server(POSTGRES.newDatabase(), folder);
        try (var cloud = new CloudNodes(3, folder)) {
            var nodes = cloud.start(settings, List.of(COUNTERS));
            var first = nodes.getFirst();
            var second = nodes.get(1);
            for (var id : IDS) {
                countAt(second, id, "before");
            }

            var cutSystem = first.system();
            first.cut();
            long cutAt = System.nanoTime();
            // The old owners do not know yet: what they still accept must not be lost, nor be
            // twice.
            var oldOwner = new ArrayList<Optional<State>>();
            IDS.forEach(id -> oldOwner.add(tryCount(first, id, "during")));
            for (var id : IDS) {
                countAt(second, id, "during");
            }
            var took = Duration.ofNanos(System.nanoTime() - cutAt);
            System.out.printf(
                    "FIGURE all entities answer %.1f s after the cut (promise %d)%n",
                    took.toMillis() / 1e3, PROMISED_SECONDS);
            assertThat(oldOwner).anySatisfy(answer -> assertThat(answer).isPresent());

            // It has ended itself and started anew, alone: it must not form a cluster of its own.
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            !first.system().equals(cutSystem) && !first.plane.uptime().isZero());
            await().during(Duration.ofSeconds(10))
                    .atMost(Duration.ofSeconds(12))
                    .until(() -> first.plane.members().isEmpty());
            first.heal();
            await("the node that was cut off is a member again")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> first.up().size() == 3 && second.up().size() == 3);
            for (var id : IDS) {
                assertThat(countAt(first, id, "after").count()).as(id).isEqualTo(3);
                assertThat(countAt(second, id, "after").count()).as(id).isEqualTo(3);
            }
            assertThat(journaled(first)).isEqualTo(3L * IDS.size());
        }
    }

    /** Asks again until it is answered, as every caller does: the command is idempotent. */
    private static State countAt(CloudNode node, String id, String cause) {
        return await().atMost(Duration.ofSeconds(60))
                .until(() -> tryCount(node, id, cause), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<State> tryCount(CloudNode node, String id, String cause) {
        return node.sharding
                .entity(COUNTERS, id)
                .flatMap(entity -> {
                    try {
                        var reply = entity.<State>ask(to -> new Count(cause, to), ASK);
                        return Optional.of(reply.toCompletableFuture().join());
                    } catch (CompletionException unanswered) {
                        return Optional.empty();
                    }
                });
    }

    private static long journaled(CloudNode node) throws SQLException {
        try (var connection = node.journal.reads().getConnection();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "SELECT count(*) FROM event_journal WHERE persistence_id LIKE 'Counter|%'")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
