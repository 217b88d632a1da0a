// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.paths;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.model.IpAddress;
import io.selvedge.paths.PathAction.Terminate;
import io.selvedge.plan.Fabrics;
import io.selvedge.plan.Fabrics.Attachment;
import io.selvedge.plan.Fabrics.NodeShape;
import io.selvedge.plan.IpsecResource.Connection;
import io.selvedge.plan.PeerPlan.Daemon;
import io.selvedge.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A tunnel that only one end still holds, and one whose way is cut, look alike at first (N3). */
class SilentTunnelsTest {
    private static final Knock DOOR = new Knock(IpAddress.parse("10.99.2.2"), 4500);

    /** Node 1 has nothing but its tunnel to the connector. */
    private final Plan plan =
            Fabrics.plan(
                    1,
                    Fabrics.view(
                            Fabrics.of(
                                    List.of(new NodeShape(1, "a", Attachment.NATED)), Map.of())));

    private final PathLogic logic = new PathLogic(new ProbeLog());
    private long now;
    private long out;

    @Test
    void aTunnelThatAnswersIsLeftAlone() {
        for (int second = 0; second < 60; second++) {
            logic.answered(DOOR);
            var steps = second(second);
            assertThat(steps.actions()).isEmpty();
            assertThat(steps.knocks()).isEmpty();
        }
    }

    @Test
    void anIdleTunnelIsNotSuspected() {
        for (int second = 0; second < 60; second++) {
            assertThat(step(0).silent()).isEmpty();
            now += 1_000;
        }
    }

    @Test
    void whileNothingAnswersTheTunnelStaysHoweverLongItIsSilent() {
        for (int second = 0; second < 600; second++) {
            assertThat(second(0).actions()).isEmpty();
        }
        assertThat(step(0).knocks()).containsExactly(DOOR);
        assertThat(step(0).silent()).containsExactly(Fabrics.fabricAddress(0));
    }

    @Test
    void aTunnelThatIsSilentWhileKnocksAreAnsweredIsEndedWithinSeconds() {
        for (int second = 0; second < 20; second++) {
            assertThat(second(0).actions()).isEmpty();
        }
        var actions = new ArrayList<PathAction>();
        for (int second = 0; second < 5; second++) {
            logic.answered(DOOR);
            actions.addAll(second(0).actions());
        }
        assertThat(actions)
                .singleElement()
                .isInstanceOfSatisfying(
                        Terminate.class,
                        end -> {
                            assertThat(end.daemon()).isEqualTo(Daemon.RELAY);
                            assertThat(end.association()).isEqualTo(7);
                            assertThat(end.cause()).contains("silent");
                        });
    }

    @Test
    void aPacketThatComesInEndsTheSuspicion() {
        for (int second = 0; second < 20; second++) {
            second(0);
        }
        logic.answered(DOOR);
        second(0);
        for (int second = 0; second < 20; second++) {
            logic.answered(DOOR);
            assertThat(second(1 + second).actions()).isEmpty();
        }
    }

    @Test
    void whatStaysSilentAfterARenewalIsNotRenewedAgainAndAgain() {
        int ends = 0;
        for (int second = 0; second < 60; second++) {
            logic.answered(DOOR);
            ends += second(0).actions().size();
        }
        assertThat(ends).as("after 4, 9, 19 and 39 s").isEqualTo(4);
    }

    @Test
    void whatDoesNotComeToStandIsBegunAnewWhenKnocksAreAnswered() {
        var ends = new ArrayList<PathAction>();
        for (int second = 0; second < 13; second++) {
            logic.answered(DOOR);
            now += 1_000;
            ends.addAll(step(tunnel(Association.State.CONNECTING, 0)).actions());
        }
        assertThat(ends).singleElement().isInstanceOf(Terminate.class);
    }

    @Test
    void whatConnectsIsLeftToItWhileNothingAnswers() {
        for (int second = 0; second < 60; second++) {
            now += 1_000;
            assertThat(step(tunnel(Association.State.CONNECTING, 0)).actions()).isEmpty();
        }
    }

    @Test
    void initiationsThatFailAgainAndAgainAreAReasonToLook() {
        int looks = 0;
        for (int second = 0; second < 60; second++) {
            now += 1_000;
            var observed = new Observed(List.of(), List.of(), new TreeSet<>());
            looks += logic.step(plan, observed, now).doubtful() ? 1 : 0;
        }
        assertThat(looks).as("one in about eight seconds").isBetween(6, 8);
    }

    /** A second in which four packets go out. */
    private Steps second(long in) {
        now += 1_000;
        out += 4;
        return step(in);
    }

    private Steps step(long in) {
        return step(tunnel(Association.State.ESTABLISHED, in));
    }

    private Steps step(Association tunnel) {
        return logic.step(plan, new Observed(List.of(tunnel), List.of(), new TreeSet<>()), now);
    }

    private Association tunnel(Association.State state, long in) {
        var child = new Association.Child(107, "net", "c0", "c1", in, out);
        return new Association(
                7,
                connection().name(),
                "node0",
                state,
                true,
                IpAddress.parse("192.168.50.2"),
                DOOR.address(),
                DOOR.port(),
                Duration.ofSeconds(1),
                state == Association.State.ESTABLISHED ? List.of(child) : List.of());
    }

    private Connection connection() {
        var peer = Objects.requireNonNull(plan.peers().get(Fabrics.subject(0)));
        return Objects.requireNonNull(peer.connection());
    }
}
