// SPDX-License-Identifier: Apache-2.0
// Copyright the Selvedge authors
package io.selvedge.actors.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.selvedge.actors.cluster.ClusterEvent;
import io.selvedge.actors.entity.EntityId;
import io.selvedge.actors.entity.EntityKind;
import io.selvedge.actors.journal.Examples;
import io.selvedge.actors.node.NodeEvent;
import io.selvedge.actors.node.ReportId;
import io.selvedge.actors.tunnel.TunnelEvent;
import io.selvedge.model.Cause;
import io.selvedge.model.Hlc;
import io.selvedge.model.Report;
import io.selvedge.model.Reported;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventReadingTest {
    private static final Instant WRITTEN = Instant.parse("2026-11-22T11:00:00Z");
    private static final EntityId ANY = new EntityId(EntityKind.NODE, "beijing/uid-1");

    static Stream<Object> events() {
        return Examples.events();
    }

    @ParameterizedTest
    @MethodSource("events")
    void peopleCanReadIt(Object event) {
        var entry = read(event).entry();
        assertThat(entry.event()).matches("[a-z]+(-[a-z]+)*");
        assertThat(entry.says()).isNotEmpty().doesNotContain("[event", "Optional", "null");
    }

    @Test
    void whatANodeReportsIsSaidInASentence() {
        assertThat(Examples.reports())
                .extracting(report -> {
                    var what = new Reported(WRITTEN, Hlc.ZERO, report);
                    var event = new NodeEvent.Reported(new ReportId(1, 1), what, WRITTEN);
                    return read(event).entry().says();
                })
                .containsExactly(
                        "its process started",
                        "its plan changed: 3 added, 1 removed",
                        "the tunnel moved: on the LAN, to uid-2",
                        "it refused what 10.99.2.2 sent, 7 times",
                        "it healed what others changed of nft, by 2 operations",
                        "it had no room for 12 reports",
                        "it reported what only a newer version understands");
    }

    @Test
    void whatANodeSaysMovesNobodysCursor() {
        var refused = new Report.RecordRefused("\u001b[2J\u0000", 1, Cause.of("a\nb"));
        var what = new Reported(WRITTEN, Hlc.ZERO, refused);
        var entry = read(new NodeEvent.Reported(new ReportId(1, 1), what, WRITTEN)).entry();
        assertThat(entry.says()).isEqualTo("it refused what \uFFFD[2J\uFFFD sent");
        assertThat(entry.cause()).isEqualTo(Cause.of("a\uFFFDb"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatANodeToldHasItsCauseAndTimesAndTheRestIsTheAuthoritys(Object event) {
        var entry = read(event).entry();
        boolean isTold =
                event instanceof TunnelEvent
                        || event instanceof NodeEvent.Reported
                        || event instanceof NodeEvent.Missed;
        assertThat(entry.reporter()).isEqualTo(isTold ? "beijing/uid-1" : null);
        assertThat(entry.receivedAt())
                .isEqualTo(isTold ? Instant.parse("2026-11-22T10:15:31Z") : WRITTEN);
        assertThat(entry.nodeTime())
                .isEqualTo(isTold ? Instant.parse("2026-11-22T10:15:30.125Z") : null);
        if (isTold && !(event instanceof NodeEvent.Missed)) {
            assertThat(entry.cause())
                    .hasToString("relay at once (Community beijing/community:line@1.3)");
        }
    }

    @Test
    void factsAreReadAsTheyWereWritten() {
        var facts =
                Examples.events()
                        .flatMap(event -> read(event).standings().stream())
                        .map(Standing::fact)
                        .filter(fact -> fact != null)
                        .toList();
        assertThat(facts)
                .extracting(Object::getClass)
                .contains((Class[]) Fact.class.getPermittedSubclasses());
        assertThat(facts)
                .allSatisfy(
                        fact -> assertThat(AuditJson.fact(AuditJson.text(fact))).isEqualTo(fact));
    }

    @Test
    void sentencesNameWhatMatters() {
        assertThat(read(new ClusterEvent.EpochBegun(2)).entry().says())
                .isEqualTo("epoch 2 of the authority began");
    }

    private static Happening read(Object event) {
        return EventReading.read(ANY, 1, event, WRITTEN, "{}");
    }
}
