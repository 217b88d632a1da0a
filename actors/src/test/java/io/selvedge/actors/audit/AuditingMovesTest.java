// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.Cluster;
import akka.cluster.MemberStatus;
import com.typesafe.config.ConfigFactory;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.journal.Examples;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.persistence.Journal;
import io.selvedge.actors.persistence.TestJournals;
import io.selvedge.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Projections are dealt over cloud nodes, and go on elsewhere when one is gone. */
class AuditingMovesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ENTITIES = 8;
    private static final String SETTINGS =
            """
            akka.actor.provider = cluster
            akka.cluster.roles = [cloud]
            akka.cluster.downing-provider-class = ""
            akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            # A node that is gone says no farewell.
            akka.coordinated-shutdown.run-by-actor-system-terminate = off
            akka.cluster.jmx.enabled = off
            akka.loglevel = ERROR
            """;

    @RegisterExtension static final PostgresServer POSTGRES = new PostgresServer();

    @TempDir private Path folder;

    @Test
    void whatIsJournaledAfterANodeIsGoneIsToldToo() throws Exception {
        var settings = TestJournals.server(POSTGRES.newDatabase(), folder);
        var names = Set.of("c1", "c2", "c3");
        try (var first = Journal.open(settings, TestJournals.of("c1", names));
                var second = Journal.open(settings, TestJournals.of("c2", names))) {
            var one = start(first);
            var other = start(second);
            var seed = Cluster.get(one.system());
            seed.join(seed.selfAddress());
            Cluster.get(other.system()).join(seed.selfAddress());
            await().atMost(PATIENCE).until(() -> ups(one) == 2 && ups(other) == 2);
            new Auditing(first).moveIn(Adapter.toClassic(one.system()));
            new Auditing(second).moveIn(Adapter.toClassic(other.system()));
            long events = write(one);
            await().atMost(PATIENCE).until(() -> told(first) == events);

            var gone = Cluster.get(other.system()).selfAddress();
            other.shutdownTestKit();
            seed.down(gone);
            long more = write(one);
            await().atMost(PATIENCE).until(() -> told(first) == events + more);
            assertThat(told(first)).isEqualTo(events + more);
            one.shutdownTestKit();
        }
    }

    private static ActorTestKit start(Journal journal) {
        return ActorTestKit.create(
                "cloud",
                ConfigFactory.parseString(SETTINGS)
                        .withFallback(new Auditing(journal).settings())
                        .withFallback(journal.settings())
                        .withFallback(ConfigFactory.parseResources("entities.conf"))
                        .withFallback(ConfigFactory.load())
                        .resolve());
    }

    private static long ups(ActorTestKit kit) {
        var members = Cluster.get(kit.system()).state().getMembers();
        return StreamSupport.stream(members.spliterator(), false)
                .filter(member -> member.status().equals(MemberStatus.up()))
                .count();
    }

    /** Gives how many events: of so many entities that each slice has some. */
    private static long write(ActorTestKit kit) {
        var events = Examples.events().filter(each -> each instanceof NodeEvent).toList();
        for (int node = 0; node < ENTITIES; node++) {
            Scribe.write(kit, new EntityId(EntityKind.NODE, "beijing/n" + node), events);
        }
        return (long) ENTITIES * events.size();
    }

    private static long told(Journal journal) {
        try (var connection = journal.reads().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM history")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failed) {
            throw new AssertionError(failed);
        }
    }
}
