// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.authority.Wishes;
import io.selvedge.actors.entity.Decision;
import io.selvedge.actors.intent.CheapSigner;
import io.selvedge.actors.node.NodeEvent.EpochOpened;
import io.selvedge.actors.node.NodeEvent.Missed;
import io.selvedge.actors.node.NodeEvent.Reported;
import io.selvedge.actors.tunnel.TunnelCommand;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.model.Report.Gap;
import io.selvedge.model.Report.Stage;
import io.selvedge.model.Report.Way;
import io.selvedge.model.Subject;
import io.selvedge.report.Receipt;
import io.selvedge.wire.ReportMessage.Batch;
import io.selvedge.wire.ReportMessage.Hello;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Node makes of its node's reports. */
class NodeReportsTest {
    private static final Subject NODE = Subject.parse("beijing/uid-1");
    private static final Subject PEER = Subject.parse("beijing/uid-2");
    private static final Instant AT = Instant.parse("2026-11-22T10:15:30Z");
    private static final Instant RECEIVED = AT.plusSeconds(1);
    private static final Report DECISION = new Report.Started(Cause.of("a rule"));

    private final NodeEntity entity =
            new NodeEntity(NODE, new CheapSigner(Wishes.keys(99, 0).recordKey()));
    private NodeState state = entity.empty();

    @BeforeEach
    void open() {
        say(new NodeCommand.Open(new Hello(7, 0), RECEIVED));
    }

    @Test
    void anEpochIsOpenedOnceForEachAsking() {
        var hello = new NodeCommand.Open(new Hello(7, 0), RECEIVED);
        assertThat(say(hello).events()).isEmpty();
        assertThat(entity.receipt(state, hello)).isEqualTo(new Receipt.Opened(1, 0, true));
        take(1, 1, DECISION);
        var next = new NodeCommand.Open(new Hello(8, 1), RECEIVED);
        assertThat(say(next).events()).containsExactly(new EpochOpened(2, 8, RECEIVED));
        assertThat(entity.receipt(state, next)).isEqualTo(new Receipt.Opened(2, 1, false));
    }

    @Test
    void whatComesAgainDecidesNothingAndIsAnsweredAlike() {
        var batch = batch(1, 1, DECISION, tunnel(PEER));
        var command = new NodeCommand.Take(batch, RECEIVED);
        assertThat(say(command).events()).hasSize(2);
        var receipt = entity.receipt(state, command);
        assertThat(receipt).isEqualTo(new Receipt.Journaled(1, 2));
        var again = new NodeCommand.Take(batch, RECEIVED.plusSeconds(9));
        assertThat(say(again).events()).isEmpty();
        assertThat(entity.receipt(state, again)).isEqualTo(receipt);
    }

    @Test
    void whatTheNodeNoLongerHasAndNobodyTookIsAnEvent() {
        assertThat(take(5, 5, DECISION))
                .containsExactly(
                        new Missed(new ReportId(1, 1), 4, AT, new Hlc(5, 0), RECEIVED),
                        new Reported(new ReportId(1, 5), reported(5, DECISION), RECEIVED));
    }

    @Test
    void aGapTakesItsNumbers() {
        take(1, 1, new Gap(Gap.Why.NO_ROOM, 3, Hlc.ZERO));
        assertThat(take(1, 4, DECISION)).hasSize(1);
        assertThat(entity.receipt(state, new NodeCommand.Take(batch(1, 4, DECISION), RECEIVED)))
                .isEqualTo(new Receipt.Journaled(1, 4));
    }

    /** Ten thousand reports at once, and a Tunnel that does not answer: the disk holds the rest. */
    @Test
    void takesNoMoreThanItCanHoldUntilTunnelsHaveHeard() {
        var many = Collections.nCopies(10_000, tunnel(PEER)).toArray(Report[]::new);
        assertThat(take(1, 1, many)).hasSize(Reports.UNTOLD_MAX);
        assertThat(take(1, 1, many)).isEmpty();
        assertThat(entity.outstanding(state))
                .singleElement()
                .satisfies(tell -> {
                    assertThat(tell.to().id()).isEqualTo("beijing/uid-1|beijing/uid-2");
                    assertThat(((TunnelCommand.Hear) tell.command()).said())
                            .hasSize(Reports.UNTOLD_MAX);
                });
        say(new NodeCommand.Told(PEER, new ReportId(1, 100)));
        assertThat(entity.outstanding(state))
                .singleElement()
                .satisfies(tell ->
                        assertThat(((TunnelCommand.Hear) tell.command()).said())
                                .hasSize(Reports.UNTOLD_MAX - 100));
        assertThat(take(1, 1, many)).hasSize(100);
    }

    @Test
    void whatATunnelSaysAgainIsNoNews() {
        take(1, 1, tunnel(PEER));
        var told = new NodeCommand.Told(PEER, new ReportId(1, 1));
        assertThat(say(told).events()).hasSize(1);
        assertThat(say(told).events()).isEmpty();
        assertThat(entity.outstanding(state)).isEmpty();
    }

    /** Whatever a node says of whom, it is journaled, and harms nobody else. */
    @Test
    void aTunnelThatCannotBeIsNotTold() {
        var impossible =
                List.of(
                        NODE,
                        new Subject("beijing", "a|b"),
                        new Subject("beijing", "a\u0000"),
                        new Subject("beijing", "x".repeat(300)));
        take(1, 1, impossible.stream().map(NodeReportsTest::tunnel).toArray(Report[]::new));
        assertThat(state.past().untold()).isEmpty();
        assertThat(state.past().inbox().takenOf(1)).isEqualTo(impossible.size());
    }

    private List<NodeEvent> take(long base, long first, Report... reports) {
        return say(new NodeCommand.Take(batch(base, first, reports), RECEIVED)).events();
    }

    private Decision<NodeEvent> say(NodeCommand command) {
        var decision = entity.decide(state, command);
        decision.events().forEach(event -> state = entity.evolve(state, event));
        return decision;
    }

    private static Batch batch(long base, long first, Report... reports) {
        var all = new ArrayList<io.selvedge.model.Reported>();
        for (int i = 0; i < reports.length; i++) {
            all.add(reported(first + i, reports[i]));
        }
        return new Batch(1, base, first, all);
    }

    private static io.selvedge.model.Reported reported(long number, Report report) {
        return new io.selvedge.model.Reported(AT, new Hlc(number, 0), report);
    }

    private static Report tunnel(Subject peer) {
        return new Report.Tunnel(peer, Stage.REKEYED, Way.DIRECT, Cause.of("new keys"));
    }
}
