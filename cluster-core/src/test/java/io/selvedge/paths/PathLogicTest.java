// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.IpAddress;
import io.selvedge.paths.PathAction.Initiate;
import io.selvedge.paths.PathAction.Terminate;
import io.selvedge.plan.Fabrics;
import io.selvedge.plan.Fabrics.Attachment;
import io.selvedge.plan.Fabrics.NodeShape;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    @Test
    void initiatesWhatIsPlannedAndMissing() {
        assertThat(logic.step(plan, List.of(), 0))
                .extracting(action -> ((Initiate) action).connection())
                .containsExactly(connection(0), connection(2));
    }

    @Test
    void waitsBeforeInitiatingAgain() {
        logic.step(plan, List.of(), 0);
        assertThat(logic.step(plan, List.of(), 500)).isEmpty();
        assertThat(logic.step(plan, List.of(), 1_000)).hasSize(2);
        assertThat(logic.step(plan, List.of(), 2_500)).isEmpty();
    }

    @Test
    void doesNothingWhenAllStands() {
        var standing = List.of(up(1, connection(0)), up(2, connection(2)));
        assertThat(logic.step(plan, standing, 0)).isEmpty();
        assertThat(way("node2")).isEqualTo(PeerPath.Way.DIRECT);
    }

    @Test
    void leavesASilentDirectPathWhileTheRelayAnswers() {
        var standing = List.of(up(1, connection(0)), up(2, connection(2)));
        probes.answered(PEER, 0);
        probes.answered(RELAY, 0);
        assertThat(logic.step(plan, standing, 0)).isEmpty();
        var wanted = relayAnswers(standing, ProbeLog.MISSES);
        assertThat(wanted)
                .singleElement()
                .isInstanceOfSatisfying(
                        Terminate.class, end -> assertThat(end.association()).isEqualTo(2));
        assertThat(logic.step(plan, standing.subList(0, 1), 1_000)).isEmpty();
        assertThat(way("node2")).isEqualTo(PeerPath.Way.RELAY);
    }

    @Test
    void staysOnADirectPathThatAnswersNowAndThen() {
        var standing = List.of(up(1, connection(0)), up(2, connection(2)));
        for (int round = 0; round < 10; round++) {
            probes.answered(PEER, round * 600L);
            assertThat(relayAnswers(standing, ProbeLog.MISSES - 1)).isEmpty();
        }
    }

    @Test
    void keepsADeadDirectPathWhenTheRelayIsDeadToo() {
        var standing = List.of(up(1, connection(0)), up(2, connection(2)));
        probes.answered(PEER, 0);
        probes.answered(RELAY, 0);
        for (int millis = 0; millis < 60_000; millis += 200) {
            assertThat(logic.step(plan, standing, millis)).isEmpty();
        }
    }

    @Test
    void endsWhatIsNoLongerPlanned() {
        var stranger = association(7, "node9-0123456789abcdef", "node9", true);
        var foreign = association(8, "vpn-to-somewhere", "gw.example", true);
        var actions =
                logic.step(
                        plan,
                        List.of(up(1, connection(0)), up(2, connection(2)), stranger, foreign),
                        0);
        assertThat(actions)
                .singleElement()
                .isInstanceOfSatisfying(
                        Terminate.class, end -> assertThat(end.association()).isEqualTo(7));
    }

    @Test
    void endsAPredecessorOnlyWhenItsSuccessorStands() {
        var old = association(3, "node2-0123456789abcdef", "node2", true);
        var relay = up(1, connection(0));
        assertThat(logic.step(plan, List.of(relay, old), 0))
                .singleElement()
                .isInstanceOf(Initiate.class);
        assertThat(logic.step(plan, List.of(relay, old, up(4, connection(2))), 100))
                .singleElement()
                .isInstanceOfSatisfying(
                        Terminate.class, end -> assertThat(end.association()).isEqualTo(3));
    }

    @Test
    void foldsDuplicatesThatStay() {
        var twice = List.of(up(1, connection(0)), up(2, connection(2)), up(5, connection(2)));
        assertThat(logic.step(plan, twice, 0)).isEmpty();
        assertThat(logic.step(plan, twice, PathLogic.DUPLICATE_MILLIS))
                .singleElement()
                .isInstanceOfSatisfying(
                        Terminate.class, end -> assertThat(end.association()).isEqualTo(2));
    }

    private List<PathAction> relayAnswers(List<Association> standing, int times) {
        var wanted = new ArrayList<PathAction>();
        for (int i = 1; i <= times; i++) {
            probes.answered(RELAY, i * 200L);
            wanted.addAll(logic.step(plan, standing, i * 200L));
        }
        return wanted;
    }

    private PeerPath.Way way(String peer) {
        return Objects.requireNonNull(logic.paths().get(peer)).way();
    }

    private Connection connection(int node) {
        var peer = Objects.requireNonNull(plan.peers().get(Fabrics.subject(node)));
        return Objects.requireNonNull(peer.connection());
    }

    private static Association up(long id, Connection connection) {
        return association(id, connection.name(), connection.remoteId(), true);
    }

    private static Association association(
            long id, String connection, String remoteId, boolean withChild) {
        var child = new Association.Child(id + 100, "net", "c0", "c1", 0, 0);
        return new Association(
                id,
                connection,
                remoteId,
                Association.State.ESTABLISHED,
                true,
                IpAddress.parse("192.168.50.2"),
                IpAddress.parse("10.99.2.2"),
                4500,
                Duration.ofSeconds(1),
                withChild ? List.of(child) : List.of());
    }
}
