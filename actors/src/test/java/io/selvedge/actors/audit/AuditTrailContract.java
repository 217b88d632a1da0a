// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static io.selvedge.actors.audit.Past.minute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.selvedge.actors.audit.AuditTrail.Found;
import io.selvedge.actors.audit.AuditTrail.Query;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.model.Report.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What whoever asks relies on, wherever the audit lies. */
abstract class AuditTrailContract {
    final Past past = new Past();

    abstract AuditTrail trail();

    /** In a transaction of its own. */
    abstract void record(List<Happening> happenings) throws Exception;

    @Test
    void historyIsInTheOrderInWhichItHappened() throws Exception {
        record(past.hour());
        var entries = entries(Query.of(null, "edge1|edge2"));
        assertThat(entries)
                .extracting(HistoryEntry::event)
                .containsExactly(
                        "planned",
                        "planned",
                        "relayed",
                        "relayed",
                        "established",
                        "established",
                        "rekeyed",
                        "lost");
        var lost = entries.getLast();
        assertThat(lost.cause()).isNotNull();
        assertThat(lost.happened().millis()).isEqualTo(minute(10).toEpochMilli());
        assertThat(lost.nodeTime()).isEqualTo(minute(11));
        assertThat(lost.receivedAt()).isEqualTo(minute(70));
        assertThat(lost.reporter()).isEqualTo("beijing/uid-1");
    }

    @Test
    void everyFieldComesBack() throws Exception {
        var happenings = past.hour();
        record(happenings);
        for (var name : List.of("edge1", "edge3", "edge2|edge1", "line")) {
            assertThat(happenings)
                    .extracting(Happening::entry)
                    .containsAll(entries(Query.of(null, name)));
        }
    }

    @Test
    void whatArrivesLateStandsWhereItHappened() throws Exception {
        record(List.of(past.told(1, 2, Stage.LOST, 10)));
        record(List.of(past.told(2, 1, Stage.RELAYED, 4)));
        record(List.of(past.declared(1, "edge1", "", 0), past.declared(2, "edge2", "", 0)));
        assertThat(entries(Query.of(EntityKind.TUNNEL, "edge1|edge2")))
                .extracting(HistoryEntry::event)
                .containsExactly("relayed", "lost");
        assertThat(trail().statusAt(minute(5)).tunnels())
                .extracting(FabricStatus.Tunnel::state)
                .containsExactly(TunnelHealth.RELAYED);
    }

    @Test
    void sinceUntilAndLimitBoundHistory() throws Exception {
        record(past.hour());
        var name = "edge1|edge2";
        assertThat(entries(new Query(null, name, minute(3), minute(9), 0, 100))).hasSize(4);
        assertThat(entries(new Query(null, name, null, null, 0, 2)))
                .as("those that happened last")
                .extracting(HistoryEntry::event)
                .containsExactly("rekeyed", "lost");
    }

    @Test
    void historyIsFollowedByNumber() throws Exception {
        record(past.hour());
        var name = "edge1|edge2";
        long last = entries(Query.of(null, name)).getLast().sequence();
        assertThat(entries(new Query(null, name, null, null, last, 10))).isEmpty();
        record(List.of(past.told(2, 1, Stage.LOST, 1), past.told(1, 2, Stage.MOVED, 12)));
        assertThat(entries(new Query(null, name, null, null, last, 1)))
                .as("the one journaled first, though it happened early")
                .extracting(HistoryEntry::sequence)
                .containsExactly(last + 1);
        assertThat(entries(new Query(null, name, null, null, last, 10))).hasSize(2);
    }

    @Test
    void statusIsThatOfTheMoment() throws Exception {
        record(past.hour());
        assertThat(trail().statusAt(minute(-1)))
                .isEqualTo(
                        new FabricStatus(
                                minute(-1), null, List.of(), List.of(), List.of(), List.of()));
        var early = trail().statusAt(minute(5.5));
        assertThat(early.nodes())
                .extracting(FabricStatus.Node::name)
                .containsExactly("edge1", "edge2");
        assertThat(early.communities().getFirst().members()).containsExactly("edge1", "edge2");
        var tunnel = early.tunnels().getFirst();
        assertThat(tunnel.state()).as("as the worse end sees it").isEqualTo(TunnelHealth.RELAYED);
        assertThat(tunnel.ends())
                .extracting(FabricStatus.End::state)
                .containsExactly(TunnelHealth.ESTABLISHED, TunnelHealth.RELAYED);
        assertThat(trail().statusAt(minute(8)).tunnels().getFirst().state())
                .isEqualTo(TunnelHealth.ESTABLISHED);
        assertThat(trail().statusAt(minute(10)).tunnels().getFirst())
                .returns(TunnelHealth.LOST, FabricStatus.Tunnel::state)
                .returns(minute(10), FabricStatus.Tunnel::since);
        assertThat(trail().statusAt(minute(40)).nodes())
                .extracting(FabricStatus.Node::name)
                .containsExactly("edge1", "edge3");
    }

    @Test
    void topologyHasSitesAndLinks() throws Exception {
        record(past.hour());
        var topology = trail().topologyAt(minute(25));
        assertThat(topology.sites())
                .extracting(Topology.Site::name)
                .containsExactly("edge3", "plant-a", "plant-b");
        assertThat(topology.links())
                .extracting(Topology.Link::low, Topology.Link::high, Topology.Link::state)
                .containsExactly(tuple("edge1", "edge2", TunnelHealth.LOST));
    }

    @Test
    void namesThatNobodyHasSuggestNearOnes() throws Exception {
        record(past.hour());
        assertThat(trail().history(Query.of(null, "egde1")))
                .isEqualTo(new Found.Unknown("egde1", List.of("edge1")));
        assertThat(trail().history(Query.of(null, "edge1|egde2")))
                .isEqualTo(new Found.Unknown("edge1|egde2", List.of("edge2")));
        assertThat(trail().history(Query.of(EntityKind.SERVICE, "line")))
                .isInstanceOf(Found.Unknown.class);
        assertThat(trail().history(Query.of(null, "something else")))
                .isEqualTo(new Found.Unknown("something else", List.of()));
    }

    @Test
    void oneNameOfSeveralKindsIsAsked() throws Exception {
        record(past.hour());
        record(List.of(past.community("edge1", 3)));
        assertThat(trail().history(Query.of(null, "edge1")))
                .isEqualTo(
                        new Found.Ambiguous(
                                "edge1", List.of(EntityKind.NODE, EntityKind.COMMUNITY)));
        assertThat(entries(Query.of(EntityKind.NODE, "edge1"))).hasSize(1);
    }

    @Test
    void aNameIsTheLatestNodesThatHasIt() throws Exception {
        record(List.of(past.declared(1, "edge1", "old", 0), past.removed(1, 1)));
        record(List.of(past.declared(4, "edge1", "new", 2)));
        assertThat(entries(Query.of(null, "edge1")).getFirst().entity()).isEqualTo(Past.id(4));
        assertThat(entries(Query.of(null, "beijing/uid-1"))).hasSize(2);
    }

    @Test
    void whatWasRecordedIsNotRecordedAgain() throws Exception {
        var happenings = past.hour();
        record(happenings.subList(0, 8));
        record(happenings);
        assertThat(entries(Query.of(null, "edge1|edge2"))).hasSize(8);
        assertThat(trail().statusAt(minute(25)).tunnels()).hasSize(1);
    }

    @Test
    void aTunnelEndsWithEitherEndAndNoneIsToWhoNeverWas() throws Exception {
        record(past.hour());
        record(List.of(past.told(1, 7, Stage.ESTABLISHED, 31)));
        assertThat(trail().statusAt(minute(29)).tunnels()).hasSize(1);
        assertThat(trail().statusAt(minute(40)).tunnels()).isEmpty();
        assertThat(trail().topologyAt(minute(40)).links()).isEmpty();
    }

    /** Against the model that plays the whole past again. */
    @Test
    void statusIsRightWhateverTheOrderOfArrival() throws Exception {
        for (long seed = 1; seed <= 8; seed++) {
            var random = new Random(seed);
            var made = new Past();
            int offset = (int) seed * 10;
            var happenings = new ArrayList<Happening>();
            for (int node = 0; node < 3; node++) {
                happenings.add(made.declared(offset + node, "n" + offset + "-" + node, "", 0));
            }
            for (int n = 0; n < 60; n++) {
                int one = random.nextInt(3);
                int other = (one + 1 + random.nextInt(2)) % 3;
                var changes = Stage.values();
                var change = changes[random.nextInt(changes.length)];
                // Whole minutes: some things happen at once.
                int minute = 1 + random.nextInt(30);
                happenings.add(made.told(offset + one, offset + other, change, minute));
            }
            var model = new MemoryAuditTrail();
            model.record(happenings);
            record(happenings);
            for (int half = 0; half < 64; half++) {
                var moment = minute(half / 2.0);
                var expected = model.statusAt(moment);
                var seen = trail().statusAt(moment);
                assertThat(seen.tunnels())
                        .as("seed %d, minute %s", seed, half / 2.0)
                        .containsAll(expected.tunnels());
                assertThat(seen.tunnels().stream().filter(each -> isOf(offset, each)).toList())
                        .hasSameSizeAs(expected.tunnels());
            }
        }
    }

    private static boolean isOf(int offset, FabricStatus.Tunnel tunnel) {
        return tunnel.low().startsWith("n" + offset + "-");
    }

    private List<HistoryEntry> entries(Query query) {
        return trail().history(query) instanceof Found.Entries(var entries)
                ? entries
                : Collections.emptyList();
    }
}
