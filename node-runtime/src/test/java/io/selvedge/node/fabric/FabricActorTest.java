// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.fabric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import com.typesafe.config.ConfigFactory;
import io.selvedge.fabric.View;
import io.selvedge.model.Subject;
import io.selvedge.node.NodeSettings;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.testing.SmallFabric;
import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two fabric actors over real datagrams and real files (I4, P1). */
class FabricActorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir private Path folder = Path.of("");

    private final ActorTestKit kit =
            ActorTestKit.create(ConfigFactory.load("fabric").withFallback(ConfigFactory.load()));
    private final SmallFabric fabric = new SmallFabric("127.0.84.0/24", 1);
    private final int port = freePort();

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    /** An actor, what it believes, and its board. */
    private record Life(
            ActorRef<FabricActor.Command> actor,
            AtomicReference<@Nullable View> view,
            StatusBoard board) {
        boolean knows(String community) {
            var believed = view.get();
            return believed != null && believed.communities().containsKey(community);
        }
    }

    @Test
    void whatOneIsToldTheOtherBelieves() {
        var connector = live(0);
        var edge = live(1);
        meet(connector, edge);
        connector.actor().tell(new FabricActor.Publish(fabric.records()));
        await().atMost(PATIENCE).until(() -> edge.knows("line"));
        await().atMost(PATIENCE).until(() -> edge.board().fabric().cloudHeard());
    }

    @Test
    void recordsOutliveTheActor() {
        var first = live(1);
        first.actor().tell(new FabricActor.Publish(fabric.records()));
        await().atMost(PATIENCE).until(() -> first.knows("line"));
        kit.stop(first.actor());
        assertThat(live(1))
                .satisfies(again -> await().atMost(PATIENCE).until(() -> again.knows("line")));
    }

    @Test
    void aStrangersDatagramsAreNotHeard() {
        var connector = live(0);
        var edge = live(1);
        var stranger = new SmallFabric("127.0.84.0/24", 1);
        var twin = spawn(stranger, 0, "stranger");
        edge.actor().tell(new FabricActor.Bindable(fabric.address(1)));
        twin.actor().tell(new FabricActor.Bindable(fabric.address(0)));
        edge.actor().tell(new FabricActor.Reach(subjects(0)));
        twin.actor().tell(new FabricActor.Reach(subjects(1)));
        twin.actor().tell(new FabricActor.Publish(stranger.records()));
        connector.actor().tell(new FabricActor.Publish(fabric.records()));
        await().atMost(PATIENCE).until(() -> twin.knows("line") && connector.knows("line"));
        assertThat(edge.board().fabric().cloudHeard()).isFalse();
        assertThat(edge.knows("line")).isFalse();
    }

    private void meet(Life connector, Life edge) {
        connector.actor().tell(new FabricActor.Bindable(fabric.address(0)));
        edge.actor().tell(new FabricActor.Bindable(fabric.address(1)));
        connector.actor().tell(new FabricActor.Reach(subjects(1)));
        edge.actor().tell(new FabricActor.Reach(subjects(0)));
    }

    private static SortedSet<Subject> subjects(int node) {
        return new TreeSet<>(Set.of(SmallFabric.subject(node)));
    }

    private Life live(int node) {
        return spawn(fabric, node, "node" + node);
    }

    private Life spawn(SmallFabric of, int node, String name) {
        var view = new AtomicReference<@Nullable View>();
        var board = new StatusBoard();
        var behavior =
                FabricActor.create(
                        settings(name),
                        of.identity(node, folder.resolve("ike.key")),
                        board,
                        view::set,
                        (_, _) -> {});
        return new Life(kit.spawn(behavior), view, board);
    }

    private NodeSettings settings(String name) {
        var file = folder.resolve(name + ".conf");
        try {
            Files.writeString(
                    file,
                    "selvedge.node { name = %s, data-dir = \"%s\", enrolment = /e, control-port = %d, lan.announce = off }"
                            .formatted(name, Files.createDirectories(folder.resolve(name)), port));
        } catch (IOException full) {
            throw new AssertionError(full);
        }
        return NodeSettings.load(file);
    }

    private static int freePort() {
        try (var socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new AssertionError(none);
        }
    }
}
