// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.IpAddress;
import io.selvedge.paths.PathAction.Initiate;
import io.selvedge.paths.PathAction.Terminate;
import io.selvedge.paths.PeerPath.Way;
import io.selvedge.plan.Fabrics;
import io.selvedge.plan.Fabrics.Attachment;
import io.selvedge.plan.Fabrics.NodeShape;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.PeerPlan;
import io.selvedge.plan.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the path logic wants done, event by event (N3, N4). */
class PathLogicTest {
    private static final IpAddress RELAY = Fabrics.fabricAddress(0);
    private static final IpAddress PEER = Fabrics.fabricAddress(2);

    /** Node 1 is behind NAT, node 2 is public: node 1 initiates to both. */
    private final Plan plan =
            Fabrics.plan(
                    1,
                    Fabrics.view(
                            Fabrics.of(
                                    List.of(
                                            new NodeShape(1, "a", Attachment.NATED),
                                            new NodeShape(2, "b", Attachment.PUBLIC)),
                                    Map.of("line", List.of(1, 2)))));

    private final ProbeLog probes = new ProbeLog();
    private final PathLogic logic = new PathLogic(probes);
    private final List<Association> relay = List.of(up(1, connection(0)));
    private final List<Association> direct = List.of(up(2, connection(2)));

    @Test
    void initiatesWhatIsPlannedAndMissing() {
        assertThat(actions(List.of(), List.of(), 0))
                .extracting(action -> ((Initiate) action).connection())
                .containsExactlyInAnyOrder(connection(0), connection(2));
    }

    @Test
    void waitsBeforeInitiatingAgain() {
        assertThat(actions(List.of(), List.of(), 0)).hasSize(2);
        assertThat(actions(List.of(), List.of(), 500)).isEmpty();
        assertThat(actions(List.of(), List.of(), 1_000)).hasSize(2);
        assertThat(actions(List.of(), List.of(), 2_500)).isEmpty();
    }

    @Test
    void triesTheConnectorAgainSoonHoweverLongItIsGone() {
        int tries = 0;
        for (int millis = 0; millis < 60_000; millis += 500) {
            tries +=
                    (int)
                            actions(List.of(), direct, millis).stream()
                                    .filter(a -> a.connectionName().startsWith("node0"))
                                    .count();
        }
        assertThat(tries).isGreaterThanOrEqualTo(29);
    }

    @Test
    void aDirectPathCarriesOnlyWhenProbesThroughItAreAnswered() {
        assertThat(step(direct, none(), 0).routes()).isEmpty();
        assertThat(way()).isEqualTo(Way.RELAY);
        probes.answered(PEER, 100);
        assertThat(step(direct, none(), 100).routes()).isEmpty();
        probes.answered(PEER, 300);
        assertThat(step(direct, none(), 300).routes()).containsOnlyKeys(routes());
        assertThat(way()).isEqualTo(Way.DIRECT);
    }

    @Test
    void answersOfAnEarlierTunnelProveNothing() {
        probes.answered(PEER, 100);
        probes.answered(PEER, 300);
        assertThat(step(List.of(), none(), 300).routes()).isEmpty();
        assertThat(step(direct, none(), 400).routes()).isEmpty();
    }

    @Test
    void doesNothingWhenAllStands() {
        probes.answered(PEER, 0);
        var steps = step(direct, routes(), 0);
        assertThat(steps.routes()).containsOnlyKeys(routes());
        assertThat(steps.actions()).isEmpty();
    }

    @Test
    void aNodeThatStartsAnewKeepsThePathsThatCarry() {
        assertThat(step(direct, routes(), 0).routes()).containsOnlyKeys(routes());
        assertThat(step(direct, routes(), 60_000).routes()).containsOnlyKeys(routes());
    }

    @Test
    void leavesASilentDirectPathWhileTheRelayAnswers() {
        probes.answered(RELAY, 0);
        assertThat(step(direct, routes(), 0).left()).isEmpty();
        var steps = relayAnswers(ProbeLog.MISSES);
        assertThat(steps.left()).containsOnlyKeys("node2");
        assertThat(steps.routes()).isEmpty();
        assertThat(steps.actions()).as("the tunnel stays").isEmpty();
        assertThat(way()).isEqualTo(Way.RELAY);
    }

    @Test
    void aPathThatWasLeftHasToProveItselfLonger() {
        probes.answered(RELAY, 0);
        step(direct, routes(), 0);
        relayAnswers(ProbeLog.MISSES);
        for (int i = 1; i < PathLogic.ANSWERS_AFTER_SILENCE; i++) {
            probes.answered(PEER, 1_000 + i * 200L);
            assertThat(step(direct, none(), 1_000 + i * 200L).routes()).isEmpty();
        }
        probes.answered(PEER, 4_000);
        assertThat(step(direct, none(), 4_000).routes()).isNotEmpty();
    }

    @Test
    void staysOnADirectPathThatAnswersNowAndThen() {
        for (int round = 0; round < 10; round++) {
            probes.answered(PEER, round * 600L);
            assertThat(relayAnswers(ProbeLog.MISSES - 1).left()).isEmpty();
        }
    }

    @Test
    void keepsADeadDirectPathWhenTheRelayIsDeadToo() {
        probes.answered(PEER, 0);
        probes.answered(RELAY, 0);
        for (int millis = 0; millis < 60_000; millis += 200) {
            assertThat(step(direct, routes(), millis).routes()).isNotEmpty();
        }
    }

    @Test
    void leavesAPathWhoseTunnelIsGone() {
        var steps = step(List.of(), routes(), 0);
        assertThat(steps.routes()).isEmpty();
        assertThat(steps.left()).containsOnlyKeys("node2");
    }

    @Test
    void endsWhatIsNoLongerPlanned() {
        var stranger = association(7, "node9-0123456789abcdef01234567", 0);
        var foreign = association(8, "vpn-to-somewhere", 0);
        assertThat(actions(relay, List.of(direct.getFirst(), stranger, foreign), 0))
                .singleElement()
                .isInstanceOfSatisfying(
                        Terminate.class, end -> assertThat(end.association()).isEqualTo(7));
    }

    @Test
    void aPredecessorStaysUntilItsSuccessorIsProvenToCarry() {
        var old = former(3);
        var silent = List.of(old, up(4, connection(2), 0));
        var heard = List.of(old, up(4, connection(2), 1));
        assertThat(actions(relay, List.of(old), 0)).singleElement().isInstanceOf(Initiate.class);
        assertThat(actions(relay, silent, 100)).as("it stands at this end").isEmpty();
        probes.answered(PEER, 200);
        probes.answered(PEER, 400);
        assertThat(actions(relay, silent, 400)).as("answered by the other").isEmpty();
        assertThat(actions(relay, heard, 2_000)).as("no longer answered").isEmpty();
        probes.answered(PEER, 2_200);
        assertEnds(actions(relay, heard, 2_200), 3);
    }

    @Test
    void aConnectorsPredecessorStaysUntilItsSuccessorIsHeardOf() {
        var old = association(3, "node0-" + keys(0) + "0123456789abcdef", 90);
        assertThat(actions(List.of(old, up(4, connection(0), 0)), direct, 0)).isEmpty();
        assertEnds(actions(List.of(old, up(4, connection(0), 1)), direct, 100), 3);
    }

    @Test
    void answersThatCameByThePredecessorMoveNoRoute() {
        step(List.of(former(3)), none(), 0);
        probes.answered(PEER, 100);
        probes.answered(PEER, 300);
        assertThat(step(List.of(former(3)), none(), 300).routes()).isEmpty();
        var both = List.of(former(3), up(4, connection(2), 0));
        assertThat(step(both, none(), 400).routes()).isEmpty();
        probes.answered(PEER, 500);
        probes.answered(PEER, 700);
        assertThat(step(both, none(), 700).routes()).isEmpty();
        var heard = List.of(former(3), up(4, connection(2), 1));
        assertThat(step(heard, none(), 800).routes()).containsOnlyKeys(routes());
    }

    @Test
    void whatThePredecessorCarriesItCarriesOn() {
        var first = new TreeSet<>(List.of(routes().first()));
        assertThat(routes()).hasSizeGreaterThan(1);
        assertThat(step(List.of(former(3)), first, 0).routes()).containsOnlyKeys(first);
        assertThat(way()).as("the rest goes by relay").isEqualTo(Way.RELAY);
        logic.step(plan, new Observed(List.of(), List.of(former(3)), first), 100);
        assertThat(way()).as("there is no relay").isEqualTo(Way.DIRECT);
    }

    @Test
    void whatRestsOnAKeyThatCountsNoMoreEndsAtOnce() {
        var old = association(3, "node2-0123456789abcdef01234567", 90);
        assertThat(keys(2)).isNotEqualTo("01234567");
        assertThat(actions(relay, List.of(old), 0))
                .hasSize(2)
                .filteredOn(Terminate.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(
                        Terminate.class, end -> assertThat(end.association()).isEqualTo(3));
    }

    @Test
    void aPredecessorThatHidesWhatIsPlannedAgainEnds() {
        assertEnds(actions(relay, List.of(up(2, connection(2), 0), former(3)), 0), 3);
    }

    @Test
    void foldsDuplicatesThatStayAndAreHeardOf() {
        assertThat(actions(relay, twice(1), 0)).isEmpty();
        assertThat(actions(relay, twice(0), TunnelKeeping.DUPLICATE_MILLIS)).isEmpty();
        assertEnds(actions(relay, twice(1), TunnelKeeping.DUPLICATE_MILLIS), 2);
    }

    private List<Association> twice(long in) {
        return List.of(up(2, connection(2), 90), up(5, connection(2), in));
    }

    private static void assertEnds(List<PathAction> actions, long association) {
        assertThat(actions)
                .singleElement()
                .isInstanceOfSatisfying(
                        Terminate.class,
                        end -> assertThat(end.association()).isEqualTo(association));
    }

    private Steps step(List<Association> tunnels, SortedSet<String> routes, long now) {
        return logic.step(plan, new Observed(relay, tunnels, routes), now);
    }

    private List<PathAction> actions(
            List<Association> connectors, List<Association> peers, long now) {
        return logic.step(plan, new Observed(connectors, peers, none()), now).actions();
    }

    private Steps relayAnswers(int times) {
        var steps = step(direct, routes(), 0);
        for (int i = 1; i <= times; i++) {
            probes.answered(RELAY, i * 200L);
            steps = step(direct, routes(), i * 200L);
        }
        return steps;
    }

    private Way way() {
        return Objects.requireNonNull(logic.paths().get("node2")).way();
    }

    private static SortedSet<String> none() {
        return new TreeSet<>();
    }

    private SortedSet<String> routes() {
        var keys = new TreeSet<String>();
        peer(2).routes().forEach(route -> keys.add(route.key()));
        return keys;
    }

    private PeerPlan peer(int node) {
        return Objects.requireNonNull(plan.peers().get(Fabrics.subject(node)));
    }

    private Connection connection(int node) {
        return Objects.requireNonNull(peer(node).connection());
    }

    private static Association up(long id, Connection connection) {
        return up(id, connection, 1);
    }

    private static Association up(long id, Connection connection, long in) {
        return association(id, connection.name(), in);
    }

    /** Of a connection with node 2 that was planned before. */
    private Association former(long id) {
        return association(id, "node2-" + keys(2) + "0123456789abcdef", 90);
    }

    /** The part of a connection's name that both keys give. */
    private String keys(int node) {
        var name = connection(node).name();
        return name.substring("node0-".length(), "node0-".length() + 8);
    }

    private static Association association(long id, String connection, long in) {
        var child = new Association.Child(id + 100, "net", "c0", "c1", in, 0);
        return new Association(
                id,
                connection,
                "whoever",
                Association.State.ESTABLISHED,
                true,
                IpAddress.parse("192.168.50.2"),
                IpAddress.parse("10.99.2.2"),
                4500,
                Duration.ofSeconds(1),
                List.of(child));
    }
}
