// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.node.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import io.selvedge.model.IpAddress;
import io.selvedge.node.driver.memory.MemoryDriver;
import io.selvedge.node.driver.memory.MemoryIkeNetwork;
import io.selvedge.node.driver.memory.MemoryIpsec;
import io.selvedge.node.status.OperationLedger;
import io.selvedge.node.status.StatusBoard;
import io.selvedge.paths.Knock;
import io.selvedge.paths.PeerPath.Way;
import io.selvedge.plan.Diff;
import io.selvedge.plan.IpResource;
import io.selvedge.plan.IpsecResource;
import io.selvedge.plan.Plan;
import io.selvedge.plan.Planned;
import io.selvedge.testing.SmallFabric;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shell of the path logic over the drivers' twins: relay, direct, relay again (N3). */
class PathsActorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ActorTestKit kit = ActorTestKit.create();
    private final SmallFabric fabric = new SmallFabric("127.0.83.0/24", 2);
    private final Plan plan = fabric.plan(1);
    private final MemoryIkeNetwork relayNetwork = new MemoryIkeNetwork(InstantSource.system());
    private final MemoryIkeNetwork directNetwork = new MemoryIkeNetwork(InstantSource.system());
    private final MemoryIpsec relay = ipsec(relayNetwork, 1);
    private final MemoryIpsec direct = ipsec(directNetwork, 1);
    private final MemoryDriver<IpResource> routes = new MemoryDriver<>("ip");
    private final StatusBoard board = new StatusBoard();
    private final OperationLedger ledger = new OperationLedger();

    /** By TOS: who is told of answers. */
    private final Map<Integer, Consumer<IpAddress>> probers = new ConcurrentHashMap<>();

    private ActorRef<PathsActor.Command> actor = kit.system().deadLetters().unsafeUpcast();

    @BeforeEach
    void start() throws IOException {
        load(relay, plan.relay());
        load(direct, plan.direct());
        load(ipsec(relayNetwork, 0), fabric.plan(0).relay());
        load(ipsec(directNetwork, 2), fabric.plan(2).direct());
        actor =
                kit.spawn(
                        PathsActor.create(
                                new PathKeeper.Parts(
                                        relay,
                                        direct,
                                        routes,
                                        ledger,
                                        (_, _, _) -> {},
                                        (_, tos, answered) -> {
                                            probers.put(tos, answered);
                                            return new SilentProber();
                                        },
                                        _ -> new SilentKnocker(),
                                        () -> {},
                                        InstantSource.system()),
                                board));
        actor.tell(new PathsActor.Keep(plan));
    }

    @AfterEach
    void shutDown() {
        kit.shutdownTestKit();
    }

    @Test
    void carriesByRelayAtOnceAndDirectlyOnceProven() {
        comeToTheDirectPath();
        assertThat(board.paths().complete()).isTrue();
    }

    private void comeToTheDirectPath() {
        awaitWay(Way.RELAY);
        await().atMost(PATIENCE).until(() -> standing(direct));
        assertThat(routes.observe()).isEmpty();
        answer(IpResource.PROBE_TOS, 2);
        answer(IpResource.PROBE_TOS, 2);
        awaitWay(Way.LAN);
        assertThat(routes.observe())
                .containsExactly(
                        "path 10.244.2.0/24 dev ipsec1 src 10.244.1.1",
                        "path 127.0.83.12/32 dev ipsec1 src 127.0.83.11");
    }

    @Test
    void leavesAPathThatFallsSilentAndKeepsItsTunnel() {
        comeToTheDirectPath();
        for (int i = 0; i < 6; i++) {
            answer(0, 0);
        }
        awaitWay(Way.RELAY);
        assertThat(routes.observe()).isEmpty();
        assertThat(standing(direct)).isTrue();
        assertThat(Objects.requireNonNull(ledger.entries().get("ip")).lastCause())
                .contains("silent");
    }

    @Test
    void aStartedActorLeavesStandingPathsAlone() {
        comeToTheDirectPath();
        kit.stop(actor);
        int before = routes.operations();
        startAgain();
        awaitWay(Way.LAN);
        assertThat(routes.operations()).isEqualTo(before);
    }

    private void startAgain() {
        var parts =
                new PathKeeper.Parts(
                        relay,
                        direct,
                        routes,
                        new OperationLedger(),
                        (_, _, _) -> {},
                        (_, _, _) -> new SilentProber(),
                        _ -> new SilentKnocker(),
                        () -> {},
                        InstantSource.system());
        board.leave(new StatusBoard.Paths(new TreeMap<>(), false));
        kit.spawn(PathsActor.create(parts, board)).tell(new PathsActor.Keep(plan));
    }

    private void answer(int tos, int node) {
        Objects.requireNonNull(probers.get(tos)).accept(fabric.address(node));
    }

    private void awaitWay(Way way) {
        await().atMost(PATIENCE)
                .until(() -> {
                    var path = board.paths().peers().get("node2");
                    return path != null && path.way() == way;
                });
    }

    private static boolean standing(MemoryIpsec ipsec) {
        return ipsec.associations().stream().anyMatch(one -> !one.children().isEmpty());
    }

    private MemoryIpsec ipsec(MemoryIkeNetwork network, int node) {
        var grant = Objects.requireNonNull(fabric.view().grant(SmallFabric.subject(node))).says();
        return new MemoryIpsec(network.daemon(grant.name()), List.of(grant.ikeKey()));
    }

    private static void load(MemoryIpsec ipsec, SortedMap<String, Planned<IpsecResource>> wanted)
            throws IOException {
        ipsec.apply(Diff.between(ipsec.observe(), wanted));
    }

    /** Answers are told by the test. */
    private static final class SilentProber implements Prober {
        @Override
        public void watch(SortedSet<IpAddress> addresses) {}

        @Override
        public void close() {}
    }

    /** Nobody is at home. */
    private static final class SilentKnocker implements Knocker {
        @Override
        public void knock(Knock door) {}

        @Override
        public void close() {}
    }
}
